import { isObject, type JsonObject } from '../../documents/index.js';
import { coercePart } from '../coerce.js';
import { escapeDelimiter } from '../delimited.js';
import { encodeUnreserved } from '../encode.js';
import { isList, isRecord, type Shape } from '../shape.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { readEncodings } from './encoding.js';
import { type Pair, readPairs } from './pairs.js';
import { readAs, unread } from './reading.js';
import { type Escapes, writeMember } from './write-member.js';

/** `application/x-www-form-urlencoded` (WHATWG URL §5): the value is an object of the names, each typed by its schema. */
export function createFormCodec(context: CodecContext): Codec {
  const { shape } = context;
  const encodings = readEncodings(context);
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType);
      if ('failure' in decoded) return decoded.failure;
      const types = shape.types();
      if (types.length > 0 && !types.includes('object'))
        return types.includes('string') ? readAs(decoded.text) : unread;
      const { members, violations } = readPairs(pairsOf(decoded.text), shape, encodings, { escaping: 'form', decode });
      return readAs(Object.fromEntries(members), violations);
    },
    adopt: (parsed) => adopt(parsed, shape),
    write: (value) => {
      if (typeof value === 'string') return Buffer.from(value);
      const pairs = Object.entries(isObject(value) ? value : {}).flatMap(([name, member]) =>
        writeMember(name, member, encodings(name), encodings(name).allowReserved ? reserved : escapes),
      );
      return Buffer.from(pairs.map(([name, text]) => `${encode(name)}=${text}`).join('&'));
    },
  };
}

function pairsOf(text: string): Pair[] {
  return text.split('&').flatMap((part) => {
    if (part === '') return [];
    const [name = '', raw = ''] = part.split(/=(.*)/s);
    return [{ name: decode(name), value: decode(raw), raw }];
  });
}

/** Percent signs that encode nothing stand for themselves (WHATWG URL §1.3). */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`a=${text}`).get('a') ?? spaced;
  }
}

/** What a body parser made of a form, typed: it knows text only. */
export function adopt(parsed: unknown, shape: Shape): unknown {
  if (typeof parsed === 'string') return coercePart(parsed, shape);
  if (Array.isArray(parsed))
    return isList(shape) ? parsed.map((item, index) => adopt(item, shape.itemAt(index))) : parsed;
  if (isObject(parsed) && isList(shape) && !isRecord(shape)) return [adoptMembers(parsed, shape.itemAt(0))];
  return isObject(parsed) ? adoptMembers(parsed, shape) : parsed;
}

function adoptMembers(parsed: JsonObject, shape: Shape): JsonObject {
  return Object.fromEntries(
    Object.entries(parsed).map(([name, member]) => [name, adopt(member, shape.property(name))]),
  );
}

const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
const escapes: Escapes = { text: encode, delimiter: escapeDelimiter };
const reserved: Escapes = { ...escapes, text: (text) => encodeUnreserved(text).replaceAll('%20', '+') };
