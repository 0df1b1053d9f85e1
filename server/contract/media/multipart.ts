import { isObject, resolve, toPointer } from '../../documents/index.js';
import { parseContentType } from '../media-type.js';
import { isList, isRecord, type Shape } from '../shape.js';
import type { Violation } from '../violation.js';
import type { Codec, CodecContext } from './codec.js';
import { type Encoding, type Encodings, readEncoding, readEncodings } from './encoding.js';
import { familyOf } from './family.js';
import { adopt } from './form.js';
import { duplicate, inBrackets, readPairs, spreadOwner } from './pairs.js';
import { createPartCodec, type PartCodec } from './part.js';
import { type Part, parseParts } from './parts.js';
import { malformed, type Reading, readAs, unread } from './reading.js';
import { type Escapes, writeMember } from './write-member.js';

/** Parts that we write are set apart by this. */
export const boundary = 'standin-part-7MA4YWxkTrZu0gW';

/**
 * Multipart content (RFC 2046 §5.1, RFC 7578). The value is an object by the names of the parts, or, of parts without names, a
 * list in their order. A file is a string of its octets.
 *
 * @param createCodec makes the codec of a part
 */
export function createMultipartCodec(context: CodecContext, createCodec: (of: CodecContext) => Codec): Codec {
  const { shape, contentType, mediaTypeObject, boundary: own = boundary } = context;
  const encodings = readEncodings(context);
  const isForm = contentType.essence === 'multipart/form-data';
  const byPosition = positional(context);
  const ofItems = mediaTypeObject.itemSchema !== undefined;
  const isOfItems = () => ofItems || isList(shape);
  const itemShape = (index: number) => (ofItems || !isList(shape) ? shape : shape.itemAt(index));
  const partCodec = (of: Shape, encoding: Encoding): PartCodec =>
    createPartCodec({ ...context, boundary: own }, createCodec, { shape: of, encoding, isForm });

  async function readObject(parts: readonly Part[]): Promise<Reading> {
    const documented = [...shape.properties().keys()];
    const byName = new Map<string, Part[]>();
    const styled: { name: string; raw: string; value: string }[] = [];
    for (const [index, part] of parts.entries()) {
      const name = nameOf(part.name ?? documented[index], shape);
      if (name === undefined) continue;
      const same = byName.get(name);
      if (isStyled(name, shape, encodings) || isBranch(name, part, shape)) {
        const text = part.content.toString('utf8');
        styled.push({ name, raw: text, value: text });
      } else if (same) same.push(part);
      else byName.set(name, [part]);
    }
    const violations: Violation[] = [];
    const members = [...byName].map(async ([name, same]): Promise<[string, unknown]> => {
      const property = shape.property(name);
      const at = toPointer([name]);
      const encoding = encodings(name);
      const isWhole = same.length === 1 && isList(property) && isJsonPart(same[0] as Part, encoding);
      const codecAt = (index: number) =>
        partCodec(isList(property) && !isWhole ? property.itemAt(index) : property, encoding);
      const values = await Promise.all(
        same.map((part, index) =>
          codecAt(index).read(part, isList(property) && !isWhole ? `${at}/${index}` : at, violations),
        ),
      );
      if (isList(property) && !isWhole) return [name, values];
      if (same.length > 1 && shape.properties().has(name) && property.types().length > 0)
        violations.push(duplicate(name, same.length));
      return [name, values.length === 1 || property.types().length > 0 ? values[0] : values];
    });
    const fromTexts = readPairs(styled, shape, encodings, { escaping: 'none', decode: (text) => text });
    const read = await Promise.all(members);
    return readAs(Object.fromEntries([...read, ...fromTexts.members]), [...violations, ...fromTexts.violations]);
  }

  async function readList(parts: readonly Part[]): Promise<Reading> {
    const violations: Violation[] = [];
    const values = await Promise.all(
      parts.map((part, index) => partCodec(itemShape(index), byPosition(index)).read(part, `/${index}`, violations)),
    );
    return readAs(values, violations);
  }

  function writeProperty(name: string, member: unknown): Buffer[] {
    const encoding = encodings(name);
    const property = shape.property(name);
    if (encoding.style !== undefined)
      return writeMember(name, member, encoding, plain).map(([part, text]) =>
        partCodec({ ...property, types: () => ['string'], schema: () => ({}) }, encoding).write(text, part),
      );
    const isSeveral = Array.isArray(member) && !encoding.contentTypes.some(isJsonType);
    if (!isSeveral) return [partCodec(property, encoding).write(member, name)];
    return member.map((item, index) =>
      partCodec(isList(property) ? property.itemAt(index) : property, encoding).write(item, name),
    );
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
      if (typeof value === 'string') return Buffer.from(withBoundary(value, own));
      const parts = Array.isArray(value)
        ? value.map((item, index) => partCodec(itemShape(index), byPosition(index)).write(item))
        : Object.entries(isObject(value) ? value : {}).flatMap(([name, member]) => writeProperty(name, member));
      const opening = Buffer.from(`--${own}\r\n`);
      return Buffer.concat([...parts.flatMap((part) => [opening, part]), Buffer.from(`--${own}--\r\n`)]);
    },
  };
}

const isJsonType = (type: string) => familyOf(type) === 'json';
const plain: Escapes = { text: (text) => text, delimiter: (delimiter) => delimiter };

/** Many clients write `files[]`, or `files[0]`, for each item of the list `files`. */
function nameOf(name: string | undefined, shape: Shape): string | undefined {
  const [, root] = /^(.+)\[\d*\]$/.exec(name ?? '') ?? [];
  if (name === undefined || root === undefined || shape.properties().has(name)) return name;
  const list = shape.properties().get(root);
  return list && isList(list) ? root : name;
}

/** Whether a part is written by a style: its property's, or that of the object whose member it is. */
function isStyled(name: string, shape: Shape, encodings: Encodings): boolean {
  if (shape.properties().has(name)) return encodings(name).style !== undefined;
  const [root] = inBrackets(name);
  return encodings(root).style === 'deepObject' || spreadOwner(shape, encodings, name) !== undefined;
}

/** Whether a part is text for a place inside of an object or list: many clients write `meta[owner]` and `tags[0]`. */
function isBranch(name: string, { filename, headers }: Part, shape: Shape): boolean {
  const isText = filename === undefined && /^(?:text\/plain|$)/.test(headers['content-type'] ?? '');
  if (!isText || shape.properties().has(name)) return false;
  const [root, keys] = inBrackets(name);
  const owner = keys.length > 0 ? shape.properties().get(root) : undefined;
  return owner !== undefined && (isRecord(owner) || isList(owner));
}

/** OpenAPI 3.2 §4.15: `prefixEncoding` by position, then `itemEncoding` for the rest. */
function positional(context: CodecContext): (index: number) => Encoding {
  const { prefixEncoding, itemEncoding } = context.mediaTypeObject;
  const encodingAt = (value: unknown, ...keys: (string | number)[]) => {
    const at = resolve(context.description, value, `${context.pointer}${toPointer(keys)}`);
    return readEncoding(context, isObject(at.value) ? at.value : {}, at.pointer);
  };
  const prefix = Array.isArray(prefixEncoding)
    ? prefixEncoding.map((one, index) => encodingAt(one, 'prefixEncoding', index))
    : [];
  const rest = encodingAt(itemEncoding ?? {}, 'itemEncoding');
  return (index) => prefix[index] ?? rest;
}

/** Whether one part holds all of a list. */
function isJsonPart({ headers, content }: Part, { contentTypes }: Encoding): boolean {
  const sent = parseContentType(headers['content-type'] ?? '')?.essence;
  const isJson = sent === undefined ? contentTypes.some(isJsonType) : isJsonType(sent);
  return isJson && content.toString('latin1').trimStart().startsWith('[');
}

/** An example of multipart content has a boundary of its own, which no header could tell. */
function withBoundary(text: string, boundaryOfOurs: string): string {
  const [, own] = /^--([^\r\n]+)/.exec(text) ?? [];
  return own === undefined ? text : text.replaceAll(`--${own}`, `--${boundaryOfOurs}`).replace(/\r?\n/g, '\r\n');
}
