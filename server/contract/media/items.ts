import type { Family } from './family.js';

/** Takes content apart into its items, byte for byte; put together again they are the content. */
export type Itemize = (content: Buffer) => readonly Buffer[];

/** What ends an item; what begins one, where items have a beginning instead. */
const ends: Partial<Record<Family, RegExp>> = {
  'json-lines': /\n/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what stands before a record (RFC 7464 §2.2)
  'json-sequence': /(?!^)(?=\u001e)/g,
  // An empty line dispatches an event (WHATWG HTML §9.2.6).
  'event-stream': /(?:\r\n|\n|\r(?!\n)){2,}/g,
};

/** Of content that is a sequence, how to take it apart; `undefined` of any other. */
export function itemizeOf(family: Family): Itemize | undefined {
  const end = ends[family];
  if (!end) return undefined;
  return (content) => {
    const items: Buffer[] = [];
    let start = 0;
    // One character an octet: what is looked for is ASCII, and UTF-8 has those octets for nothing else.
    for (const match of content.toString('latin1').matchAll(end)) {
      const next = match.index + match[0].length;
      items.push(content.subarray(start, next));
      start = next;
    }
    if (start < content.length) items.push(content.subarray(start));
    return items;
  };
}
