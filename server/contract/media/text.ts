import { coerceText } from '../coerce.js';
import { allowsText } from '../shape.js';
import { isBinary } from './binary.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { createOctetsCodec } from './octets.js';
import { readAs, unread } from './reading.js';
import { specimenOf } from './specimen.js';

/** Text is a string, or a scalar that it is read as; where the schema speaks of objects, it is looked at as JSON. */
export function createTextCodec({ contentType: { essence }, shape, direction }: CodecContext): Codec {
  const specimen = direction === 'response' ? specimenOf(essence) : undefined;
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType);
      if ('failure' in decoded) return decoded.failure;
      const { text } = decoded;
      const types = shape.types();
      if (types.length === 0) return readAs(text);
      const isScalar = types.some((type) => type !== 'object' && type !== 'array');
      return isScalar ? readAs(coerceText(text, types)) : asJson(text);
    },
    write: writeText,
    ...(specimen && { specimen: () => (allowsText(shape) ? specimen.toString('utf8') : undefined) }),
  };
}

/** A type that nothing is known of: text where the schema speaks of text, JSON where it speaks of more, else octets. */
export function createOtherCodec(context: CodecContext): Codec {
  const { shape } = context;
  if (isBinary(shape)) return createOctetsCodec(context);
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType);
      if ('failure' in decoded) return unread;
      const types = shape.types();
      if (types.includes('string') || types.length === 0)
        return types.length === 0 ? unread : readAs(coerceText(decoded.text, types));
      return asJson(decoded.text);
    },
    write: writeText,
  };
}

function asJson(text: string) {
  try {
    return readAs(JSON.parse(text));
  } catch {
    return unread;
  }
}

const writeText = (value: unknown) => Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
