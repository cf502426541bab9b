// Counts the listeners of a target, to show that clean-up removes them.

/** Counts listeners that are added from now on. Call it before the code under test. */
export function listenersOf(target: EventTarget): { count(type: string): number; restore(): void } {
  const { addEventListener, removeEventListener } = target;
  let known: { type: string; listener: unknown }[] = [];
  const forget = (type: string, listener: unknown) =>
    void (known = known.filter((one) => one.type !== type || one.listener !== listener));
  Object.assign(target, {
    addEventListener(...[type, listener, options]: Parameters<EventTarget['addEventListener']>) {
      known.push({ type, listener });
      const { signal } = (typeof options === 'object' ? options : undefined) ?? {};
      signal?.addEventListener('abort', () => forget(type, listener));
      addEventListener.call(target, type, listener, options);
    },
    removeEventListener(...[type, listener, options]: Parameters<EventTarget['removeEventListener']>) {
      forget(type, listener);
      removeEventListener.call(target, type, listener, options);
    },
  });
  return {
    count: (type) => known.filter((one) => one.type === type).length,
    restore() {
      for (const name of ['addEventListener', 'removeEventListener'] as const) {
        delete (target as Partial<EventTarget>)[name];
      }
    },
  };
}
