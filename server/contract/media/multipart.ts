import { isObject, type JsonObject } from '../../documents/index.js';
import { isInRange, parseContentType } from '../media-type.js';
import type { Violation } from '../violation.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { coerceText, textOf } from './coerce.js';
import { type Encoding, readEncoding, readEncodings } from './encoding.js';
import { familyOf } from './family.js';
import { adopt } from './form.js';
import { type Part, parseParts } from './parts.js';
import { malformed, type Reading, readAs, unread } from './reading.js';
import { base64Of, isBinary, isList, isRecord, type Shape } from './shape.js';

/** Parts that we write are set apart by this. */
export const boundary = 'standin-part-7MA4YWxkTrZu0gW';

/**
 * Multipart content (RFC 2046 §5.1, RFC 7578). The value is an object by the names of the parts, or, of parts without names, a
 * list in their order. A file is a string of its octets.
 */
export function createMultipartCodec(context: CodecContext): Codec {
  const { shape, contentType, mediaTypeObject } = context;
  const encodings = readEncodings(context);
  const isForm = contentType.essence === 'multipart/form-data';
  const byPosition = positional(mediaTypeObject);
  const itemShape = () => (mediaTypeObject.itemSchema !== undefined || !isList(shape) ? shape : shape.items());
  const isOfItems = () => mediaTypeObject.itemSchema !== undefined || isList(shape);

  function readObject(parts: readonly Part[]): Reading {
    const documented = [...shape.properties().keys()];
    const byName = new Map<string, Part[]>();
    for (const [index, part] of parts.entries()) {
      const name = part.name ?? documented[index];
      if (name === undefined) continue;
      const same = byName.get(name);
      if (same) same.push(part);
      else byName.set(name, [part]);
    }
    const violations: Violation[] = [];
    const members = [...byName].map(([name, same]) => {
      const property = shape.properties().get(name) ?? shape.additional();
      const at = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const encoding = encodings(name);
      const isWhole = same.length === 1 && isList(property) && isJsonPart(same[0] as Part, encoding);
      if (isList(property) && !isWhole)
        return [
          name,
          same.map((part, index) => readPart(part, property.items(), encoding, `${at}/${index}`, violations)),
        ];
      if (same.length > 1 && shape.properties().has(name) && property.types().length > 0)
        violations.push({
          location: 'body',
          pointer: at,
          keyword: 'duplicate',
          message: `was sent ${same.length} times`,
        });
      const values = same.map((part) => readPart(part, property, encoding, at, violations));
      return [name, values.length === 1 || property.types().length > 0 ? values[0] : values];
    });
    return readAs(Object.fromEntries(members), violations);
  }

  function readList(parts: readonly Part[]): Reading {
    const violations: Violation[] = [];
    const values = parts.map((part, index) => readPart(part, itemShape(), byPosition(index), `/${index}`, violations));
    return readAs(values, violations);
  }

  return {
    adopt: (parsed) => adopt(parsed, shape),
    read: async (content, sent) => {
      const { boundary: separator } = sent.parameters;
      if (!separator) return malformed('the Content-Type has no boundary');
      let parts: Part[];
      try {
        parts = await parseParts(content, separator);
      } catch (error) {
        return malformed(`the body is not multipart content: ${(error as Error).message}`);
      }
      if (isOfItems()) return readList(parts);
      return shape.types().length > 0 && !isRecord(shape) ? unread : readObject(parts);
    },
    write: (value) => {
      if (typeof value === 'string') return Buffer.from(withOurBoundary(value));
      if (Array.isArray(value))
        return joined(value.map((item, index) => writePart(undefined, item, itemShape(), byPosition(index), isForm)));
      return joined(
        Object.entries(isObject(value) ? value : {}).flatMap(([name, member]) => {
          const property = shape.properties().get(name) ?? shape.additional();
          const items = Array.isArray(member) && !encodings(name).contentTypes.some(isJsonType) ? member : [member];
          const of = isList(property) && items === member ? property.items() : property;
          return items.map((item) => writePart(name, item, of, encodings(name), isForm));
        }),
      );
    },
  };
}

const isJsonType = (type: string) => familyOf(type) === 'json';

/** OpenAPI 3.2 §4.15: `prefixEncoding` by position, then `itemEncoding` for the rest. */
function positional({ prefixEncoding, itemEncoding }: JsonObject): (index: number) => Encoding {
  const prefix = Array.isArray(prefixEncoding)
    ? prefixEncoding.map((one) => readEncoding(isObject(one) ? one : {}))
    : [];
  const rest = readEncoding(isObject(itemEncoding) ? itemEncoding : {});
  return (index) => prefix[index] ?? rest;
}

function isJsonPart({ headers, content }: Part, { contentTypes }: Encoding): boolean {
  const sent = parseContentType(headers['content-type'] ?? '')?.essence;
  if (sent !== undefined) return isJsonType(sent) && content.toString('latin1').trimStart().startsWith('[');
  return contentTypes.some(isJsonType) && content.toString('latin1').trimStart().startsWith('[');
}

/** A part by the content type it has, else the one documented, else the one its schema implies (OpenAPI 3.1.1 §4.8.15.1). */
function readPart(part: Part, shape: Shape, encoding: Encoding, at: string, violations: Violation[]): unknown {
  const { headers, content, filename } = part;
  const wrong = (keyword: string, message: string) =>
    violations.push({ location: 'body', pointer: at, keyword, message });
  for (const name of encoding.requiredHeaders)
    if (headers[name] === undefined) wrong('required', `lacks the header ${name}`);
  const sent = parseContentType(headers['content-type'] ?? '');
  const { contentTypes } = encoding;
  if (sent && contentTypes.length > 0 && !contentTypes.some((one) => isInRange(sent.essence, essence(one))))
    wrong('contentType', `was sent as ${sent.essence}; documented: ${contentTypes.join(', ')}`);
  const coding = base64Of(shape);
  const [documented] = contentTypes;
  const type = sent ?? (documented === undefined ? undefined : parseContentType(documented));
  const family = type && familyOf(type.essence);
  const types = shape.types();
  const isText = types.length === 0 || types.includes('string');
  if (family !== 'json' && isText && (filename !== undefined || isBinary(shape) || family === 'binary')) {
    const isEncoded = headers['content-transfer-encoding']?.toLowerCase() === 'base64';
    return isEncoded && !coding
      ? Buffer.from(content.toString('latin1'), 'base64').toString('latin1')
      : fromOctets(content, coding, sent !== undefined && family === 'binary');
  }
  const decoded = decodeText(content, type ?? { essence: 'text/plain', parameters: {} });
  if ('failure' in decoded) return content.toString('latin1');
  if (
    family === 'json' ||
    (types.length > 0 && types.every((one) => one === 'object' || one === 'array' || one === 'null'))
  ) {
    try {
      return JSON.parse(decoded.text);
    } catch (error) {
      if (family === 'json') wrong('syntax', `is not JSON: ${(error as Error).message}`);
    }
  }
  return coerceText(decoded.text, types);
}

const essence = (type: string) => type.split(';')[0]?.trim() ?? type;

/** Octets of a schema of base 64 that were sent as they are become what the schema speaks of. */
function fromOctets(content: Buffer, coding: 'base64' | 'base64url' | undefined, areRaw: boolean): string {
  return coding && areRaw ? content.toString(coding) : content.toString('latin1');
}

function writePart(
  name: string | undefined,
  value: unknown,
  shape: Shape,
  { contentTypes }: Encoding,
  isForm: boolean,
): Buffer {
  const isFile = typeof value === 'string' && isBinary(shape);
  const [documented] = contentTypes;
  const type =
    (documented !== undefined && !documented.includes('*') ? documented : undefined) ??
    (isFile
      ? 'application/octet-stream'
      : typeof value === 'object' && value !== null
        ? 'application/json'
        : 'text/plain');
  const quoted = name?.replace(/[\r\n"]/g, (character) => encodeURIComponent(character));
  const lines = [
    ...(quoted === undefined
      ? []
      : [`Content-Disposition: form-data; name="${quoted}"${isFile && isForm ? `; filename="${quoted}"` : ''}`]),
    ...(type === 'text/plain' && isForm ? [] : [`Content-Type: ${type}`]),
  ];
  const isJson = isJsonType(essence(type));
  const content = isFile
    ? Buffer.from(value, 'latin1')
    : Buffer.from(isJson ? (JSON.stringify(value) ?? 'null') : textOf(value));
  return Buffer.concat([Buffer.from(`--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`), content, Buffer.from('\r\n')]);
}

const joined = (parts: readonly Buffer[]) => Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);

/** An example of multipart content has a boundary of its own, which no header could tell. */
function withOurBoundary(text: string): string {
  const [, own] = /^--([^\r\n]+)/.exec(text) ?? [];
  return own === undefined ? text : text.replaceAll(`--${own}`, `--${boundary}`).replace(/\r?\n/g, '\r\n');
}
