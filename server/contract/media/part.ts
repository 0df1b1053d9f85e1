import { coercePart, textOf } from '../coerce.js';
import { type ContentType, formatContentType, isInRange, parseContentType } from '../media-type.js';
import type { Shape } from '../shape.js';
import type { Violation } from '../violation.js';
import { base64Of, isBinary } from './binary.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import type { Encoding } from './encoding.js';
import { type Family, familyOf } from './family.js';
import type { Part } from './parts.js';
import type { Reading } from './reading.js';

/** Reads and writes one part of multipart content. */
export interface PartCodec {
  /** What is wrong with it is added to the violations. */
  readonly read: (part: Part, at: string, violations: Violation[]) => unknown | Promise<unknown>;
  /** With its headers, without the boundary before it. */
  readonly write: (value: unknown, name?: string) => Buffer;
}

export interface PartDescription {
  readonly shape: Shape;
  readonly encoding: Encoding;
  /** Whether it is a part of `multipart/form-data`, which has a name (RFC 7578 §4.2). */
  readonly isForm: boolean;
}

/** A part by the content type it has, else the one documented, else the one its schema implies (OpenAPI 3.1.1 §4.8.15.1). */
export function createPartCodec(
  context: CodecContext,
  createCodec: (of: CodecContext) => Codec,
  { shape, encoding, isForm }: PartDescription,
): PartCodec {
  const { contentTypes } = encoding;
  const inner = `in-${context.boundary}`;
  const codecOf = (contentType: ContentType) =>
    createCodec({
      ...context,
      contentType,
      shape,
      mediaTypeObject: { schema: shape.schema(), ...encoding.object },
      pointer: encoding.pointer,
      boundary: inner,
    });

  return {
    read: (part, at, violations) => {
      const { headers, content, filename } = part;
      const wrong = (keyword: string, message: string) =>
        violations.push({ location: 'body', pointer: at, keyword, message });
      for (const { name, required, read, validator } of encoding.headers()) {
        const text = headers[name.toLowerCase()];
        if (text === undefined) {
          if (required) wrong('required', `lacks the header ${name.toLowerCase()}`);
          continue;
        }
        const [violation] = validator.violations(read(text), 'header');
        if (violation) wrong(violation.keyword, `has a header ${name.toLowerCase()} that ${violation.message}`);
      }
      const sent = parseContentType(headers['content-type'] ?? '');
      if (sent && contentTypes.length > 0 && !contentTypes.some((one) => isInRange(sent.essence, essenceOf(one))))
        wrong('contentType', `was sent as ${sent.essence}; documented: ${contentTypes.join(', ')}`);
      const type = sent ?? parseContentType(contentTypes[0] ?? '');
      const family = type && familyOf(type.essence);
      const types = shape.types();
      const isText = types.length === 0 || types.includes('string');
      if (family !== 'json' && isText && (filename !== undefined || isBinary(shape) || family === 'binary')) {
        const coding = base64Of(shape);
        const isEncoded = headers['content-transfer-encoding']?.toLowerCase() === 'base64';
        if (isEncoded && !coding) return Buffer.from(content.toString('latin1'), 'base64').toString('latin1');
        // Octets of a schema of base 64 that were sent as they are become what the schema speaks of.
        return content.toString(coding && sent !== undefined && family === 'binary' ? coding : 'latin1');
      }
      const asText = () => {
        const decoded = decodeText(content, type ?? { essence: 'text/plain', parameters: {} });
        if ('failure' in decoded) return content.toString('latin1');
        if (family !== 'json') return coercePart(decoded.text, shape);
        try {
          return JSON.parse(decoded.text);
        } catch (error) {
          wrong('syntax', `is not JSON: ${(error as Error).message}`);
          return decoded.text;
        }
      };
      // Parts in parts are read as deep as documented: a client could nest them without end.
      const isNested = family === 'multipart' && contentTypes.length === 0;
      if (!type || !family || !structured.has(family) || isText || isNested) return asText();
      const found = (reading: Reading) => {
        if (reading.kind === 'malformed' || reading.kind === 'value')
          for (const { keyword, message, pointer } of reading.violations)
            violations.push({ location: 'body', pointer: `${at}${pointer}`, keyword, message });
        return reading.kind === 'value' ? reading.value : asText();
      };
      const reading = codecOf(type).read(content, type);
      return reading instanceof Promise ? reading.then(found) : found(reading);
    },
    write: (value, name) => {
      const isFile = typeof value === 'string' && isBinary(shape);
      const named = writtenType(contentTypes, value, isFile);
      const parsed = parseContentType(named);
      const type = parsed ? formatContentType({ ...parsed, text: named }, inner) : named;
      const quoted = name?.replace(/[\r\n"]/g, (character) => encodeURIComponent(character));
      const documented = encoding.headers().flatMap(({ name: header, value: valueIn }) => {
        const known = valueIn();
        return known === undefined || header.toLowerCase() === 'content-disposition' ? [] : [`${header}: ${known}`];
      });
      const lines = [
        ...(quoted === undefined
          ? []
          : [`Content-Disposition: form-data; name="${quoted}"${isFile && isForm ? `; filename="${quoted}"` : ''}`]),
        ...(type === 'text/plain' && isForm ? [] : [`Content-Type: ${type}`]),
        ...documented,
      ];
      const content = isFile
        ? Buffer.from(value, 'latin1')
        : parsed && structured.has(familyOf(parsed.essence))
          ? codecOf(parsed).write(value)
          : Buffer.from(
              parsed && familyOf(parsed.essence) === 'json' ? (JSON.stringify(value) ?? 'null') : textOf(value),
            );
      return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content, Buffer.from('\r\n')]);
    },
  };
}

/** What more than text or JSON is to be made of. */
const structured: ReadonlySet<Family> = new Set<Family>([
  'xml',
  'csv',
  'yaml',
  'form',
  'json-lines',
  'json-sequence',
  'multipart',
]);

function writtenType([documented]: readonly string[], value: unknown, isFile: boolean): string {
  if (documented !== undefined && !documented.includes('*')) return documented;
  if (isFile) return 'application/octet-stream';
  return typeof value === 'object' && value !== null ? 'application/json' : 'text/plain';
}

const essenceOf = (type: string) => type.split(';')[0]?.trim() ?? type;
