import type { Violation } from '../violation.js';

/** What came of reading content. */
export type Reading =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** What was wrong with parts of it, found while reading. */
      readonly violations: readonly Violation[];
      /** What was read, where it is JSON in UTF-8, and the value is all that it says. */
      readonly json?: Buffer | undefined;
    }
  /** It can't be read at all. */
  | { readonly kind: 'malformed'; readonly violations: readonly Violation[] }
  /** Nothing is known of such content, or nothing that its schema could say something of. */
  | { readonly kind: 'unread' }
  /** It is written in a way that is not read here. */
  | { readonly kind: 'unsupported'; readonly detail: string };

const none: readonly Violation[] = [];

export const readAs = (value: unknown, violations: readonly Violation[] = none, json?: Buffer): Reading => ({
  kind: 'value',
  value,
  violations,
  json,
});

export const unread: Reading = { kind: 'unread' };

export const malformed = (message: string, pointer = ''): Reading => ({
  kind: 'malformed',
  violations: [{ location: 'body', pointer, keyword: 'syntax', message }],
});
