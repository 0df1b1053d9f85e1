import type { StoreChannel } from '../state/index.js';

/** The two ends of a channel that copies what it carries, as one between processes does. */
export function createChannel(): [StoreChannel, StoreChannel] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): StoreChannel => ({
    send: (message) => {
      const copy = structuredClone(message);
      setImmediate(() => listeners[1 - own]?.forEach((listener) => void listener(copy)));
    },
    onMessage: (listener) => listeners[own]?.push(listener),
  });
  return [end(0), end(1)];
}
