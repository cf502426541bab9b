// Waits for events of the element and records them.
import type { SwClickToCallEventMap } from '../src/events.js';

const NAMES: readonly (keyof SwClickToCallEventMap)[] = [
  'sw-dial',
  'sw-call-state',
  'sw-call-started',
  'sw-call-hangup',
  'sw-call-ended',
  'sw-error',
  'sw-transcript',
  'sw-display-content',
  'sw-user-event',
];

/** The next event of that type for which `fits` is true. */
export function nextEvent<Type extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: Type,
  fits: (event: HTMLElementEventMap[Type]) => boolean = () => true,
): Promise<HTMLElementEventMap[Type]> {
  return new Promise((resolve) => {
    const listener = (event: Event) => {
      if (!fits(event as HTMLElementEventMap[Type])) return;
      target.removeEventListener(type, listener);
      resolve(event as HTMLElementEventMap[Type]);
    };
    target.addEventListener(type, listener);
  });
}

/** Records every event of the element that reaches a target. */
export class Heard {
  readonly events: CustomEvent[] = [];

  constructor(target: EventTarget) {
    for (const name of NAMES)
      target.addEventListener(name, (event) => this.events.push(event as CustomEvent));
  }

  /** Event names, oldest first, without `sw-call-state`. */
  get names(): string[] {
    return this.events.map(({ type }) => type).filter((type) => type !== 'sw-call-state');
  }

  /** The states of all `sw-call-state` events, oldest first. */
  get states(): string[] {
    return this.of('sw-call-state').map(({ detail }) => detail.state);
  }

  of<Name extends keyof SwClickToCallEventMap>(name: Name): SwClickToCallEventMap[Name][] {
    return this.events.filter((event): event is SwClickToCallEventMap[Name] => event.type === name);
  }
}
