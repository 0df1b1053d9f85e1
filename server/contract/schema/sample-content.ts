import type { JsonObject } from '../../documents/index.js';
import { specimenOf } from '../media/specimen.js';
import { essenceOf, isJson } from '../media-type.js';
import { createFaults, type Making } from './sample-making.js';
import { satisfy } from './sample-satisfy.js';
import { isOfPatternAndLength } from './sample-string.js';
import { makeValue, type Standing } from './sample-value.js';

/**
 * A string that holds content, as `contentMediaType`, `contentSchema` and `contentEncoding` say (JSON Schema 2020-12 Validation
 * §8): JSON that its schema accepts, the smallest content of other types. `undefined` where they say nothing, and where such a
 * string does not fit. They are annotations: nothing is refused for them.
 */
export function contentOf(making: Making, schema: JsonObject, standing: Standing): string | undefined {
  const { contentMediaType, contentEncoding, contentSchema } = schema;
  if (contentMediaType === undefined && contentEncoding === undefined) return undefined;
  const encode = typeof contentEncoding === 'string' ? encoders[contentEncoding.toLowerCase()] : plainly;
  const essence = typeof contentMediaType === 'string' ? essenceOf(contentMediaType) : undefined;
  if (!encode) return undefined;
  if (essence !== undefined && isJson(essence)) {
    const value = contentSchema === undefined ? {} : jsonOf(making, contentSchema, standing);
    const text = value === undefined ? undefined : encode(Buffer.from(JSON.stringify(value)));
    return text !== undefined && isOfPatternAndLength(schema, text) ? text : undefined;
  }
  // A string with a media type and no encoding stands for octets: whoever writes them knows better.
  if (contentEncoding === undefined) return undefined;
  const contents = [essence === undefined ? undefined : specimenOf(essence), 'standin', 'sta', ''];
  return contents
    .flatMap((content) => (content === undefined ? [] : [encode(Buffer.from(content))]))
    .find((text) => isOfPatternAndLength(schema, text));
}

function jsonOf(making: Making, schema: unknown, { depth, name }: Standing): unknown {
  const inner = { ...making, faults: createFaults() };
  return satisfy(inner, making.checkers(schema), (way) => makeValue(way, { schema, pointer: '' }, '', depth + 1, name))
    .value;
}

const plainly = (content: Buffer) => content.toString();

/** RFC 4648 and RFC 2045 §6. */
const encoders: Readonly<Record<string, ((content: Buffer) => string) | undefined>> = {
  base64: (content) => content.toString('base64'),
  base64url: (content) => content.toString('base64url'),
  base16: (content) => content.toString('hex').toUpperCase(),
  base32,
  'quoted-printable': quotedPrintable,
  '7bit': plainly,
  '8bit': plainly,
  binary: plainly,
};

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(content: Buffer): string {
  const bits = [...content].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const text = (bits.match(/.{1,5}/g) ?? []).map((five) => signs[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

function quotedPrintable(content: Buffer): string {
  const text = [...content]
    .map((octet) =>
      octet >= 32 && octet <= 126 && octet !== 61
        ? String.fromCharCode(octet)
        : `=${octet.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
  // Lines are of 76 characters at most, and a sign is not taken apart.
  return (text.match(/(?:=..|[^=]){1,25}/g) ?? []).join('=\r\n').replace(/ (?=\r\n|$)/g, '=20');
}
