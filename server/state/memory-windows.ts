import type { Allowance, Store } from './store.js';

interface Window {
  readonly endMs: number;
  count: number;
}

/** Ended windows are first swept once this many are kept; then whenever as many again have come as were left. */
const windowsMax = 10_000;

/** The counts of limits, in fixed windows of time. */
export function createMemoryWindows(): Pick<Store, 'count' | 'peek' | 'forgetCounts'> {
  const windows = new Map<string, Window>();
  let sweepAt = windowsMax;

  const current = (subject: string, nowMs: number): Window | undefined => {
    const window = windows.get(subject);
    return window && window.endMs > nowMs ? window : undefined;
  };

  return {
    peek: (subject, requests, windowMs, nowMs): Allowance => {
      const window = current(subject, nowMs);
      const count = window?.count ?? 0;
      return {
        allowed: count < requests,
        remaining: Math.max(0, requests - count),
        resetMs: window?.endMs ?? nowMs + windowMs,
      };
    },
    count: (subject, requests, windowMs, nowMs): Allowance => {
      if (windows.size >= sweepAt) {
        for (const [name, { endMs }] of windows) if (endMs <= nowMs) windows.delete(name);
        sweepAt = Math.max(windowsMax, 2 * windows.size);
      }
      const window = current(subject, nowMs) ?? { endMs: nowMs + windowMs, count: 0 };
      windows.set(subject, window);
      const allowed = window.count < requests;
      if (allowed) window.count++;
      return { allowed, remaining: requests - window.count, resetMs: window.endMs };
    },
    forgetCounts: () => windows.clear(),
  };
}
