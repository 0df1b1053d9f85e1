import { allowsText, type Shape } from '../shape.js';
import { base64Of } from './binary.js';
import type { Codec, CodecContext } from './codec.js';
import { malformed, readAs, unread } from './reading.js';
import { looksLike, specimenOf } from './specimen.js';

/**
 * Octets are a string of one character each, so that lengths count octets, or in base 64 where the schema says so. Replies
 * must begin as content of their type does.
 */
export function createOctetsCodec({ contentType: { essence }, shape, direction }: CodecContext): Codec {
  const isOpaque = !allowsText(shape);
  const coding = base64Of(shape);
  const toValue = (octets: Buffer) => octets.toString(coding ?? 'latin1');
  return {
    isOpaque,
    read: (content) => {
      if (direction === 'response' && looksLike(essence, content) === false)
        return malformed(`the body is not ${essence}: it does not begin as such content does`);
      return isOpaque || Object.keys(shape.schema()).length === 0 ? unread : readAs(toValue(content));
    },
    write: (value) => {
      if (typeof value !== 'string') return Buffer.from(JSON.stringify(value) ?? '');
      if (coding) return Buffer.from(value, coding);
      const octets = fromText(value);
      if (looksLike(essence, octets) !== false) return octets;
      // Whoever writes octets into a document writes them in base 64, whether they say so or not.
      const decoded = Buffer.from(value.replace(/^data:[^,]*;base64,/, ''), 'base64');
      return looksLike(essence, decoded) ? decoded : octets;
    },
    specimen: () => toValue(specimenOf(essence) ?? fill(shape)),
  };
}

/** Octets that mean nothing, as many of them as the schema wants. */
function fill(shape: Shape): Buffer {
  const { minLength, maxLength } = shape.schema();
  const least = typeof minLength === 'number' ? Math.min(minLength, fillMax) : 0;
  const text = 'standin'.repeat(Math.max(1, Math.ceil(least / 7)));
  const length = Math.max(least, 7);
  return Buffer.from(text.slice(0, typeof maxLength === 'number' ? Math.min(maxLength, length) : length));
}

const fillMax = 1024 * 1024;

/** One octet for each character, where each is one; else UTF-8. */
function fromText(text: string): Buffer {
  const octets = Buffer.from(text, 'latin1');
  return octets.toString('latin1') === text ? octets : Buffer.from(text);
}
