import { decodeText } from './charset.js';
import type { Codec } from './codec.js';
import { malformed, readAs } from './reading.js';

/**
 * Values of JSON one after the other, each ended by a line feed: JSON Lines, and with a record separator before each, JSON
 * Text Sequences (RFC 7464). The value is the list of them.
 */
export function createSequenceCodec(before: '' | '\u001e'): Codec {
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType);
      if ('failure' in decoded) return decoded.failure;
      const values: unknown[] = [];
      for (const [index, text] of split(decoded.text, before).entries()) {
        if (text.trim() === '') continue;
        try {
          values.push(JSON.parse(text));
        } catch (error) {
          return malformed(
            `${before === '' ? `line ${index + 1}` : `record ${index}`} is not JSON: ${(error as Error).message}`,
          );
        }
      }
      return readAs(values);
    },
    write: (value) => {
      if (typeof value === 'string' && isSequence(value, before)) return Buffer.from(value);
      const values = Array.isArray(value) ? value : [value];
      return Buffer.from(values.map((one) => `${before}${JSON.stringify(one) ?? 'null'}\n`).join(''));
    },
  };
}

const split = (text: string, before: string) => text.split(before === '' ? /\r?\n/ : before);

function isSequence(text: string, before: string): boolean {
  if (before !== '' && !text.startsWith(before)) return false;
  try {
    for (const part of split(text, before)) if (part.trim() !== '') JSON.parse(part);
    return true;
  } catch {
    return false;
  }
}
