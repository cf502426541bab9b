// Letting everything happen that waits for nobody.

// One channel for all: a new one for every turn is slow, and timers are slowed down by the browser.
const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** One turn of the event loop: what waits neither for a timer nor for an answer has happened then. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(undefined);
  });
}
