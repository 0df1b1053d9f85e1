import type { Description, JsonObject } from '../../documents/index.js';
import type { ResponseHeader } from '../contract.js';
import { type ContentType, isInRange, isRange } from '../media-type.js';
import type { Shape } from '../shape.js';
import { createCsvCodec } from './csv.js';
import { createEventStreamCodec } from './event-stream.js';
import { familyOf } from './family.js';
import { createFormCodec } from './form.js';
import { type Itemize, itemizeOf } from './items.js';
import { jsonCodec } from './json.js';
import { createMultipartCodec } from './multipart.js';
import { createOctetsCodec } from './octets.js';
import type { Reading } from './reading.js';
import { createSequenceCodec } from './sequence.js';
import { createOtherCodec, createTextCodec } from './text.js';
import { createXmlCodec } from './xml.js';
import { yamlCodec } from './yaml.js';

/** Reads and writes content of one media type, as its schema describes it. */
export interface Codec {
  /** Only multipart content, which is read as a stream, is promised. */
  readonly read: (content: Buffer, contentType: ContentType) => Reading | Promise<Reading>;
  /** The value that text members stand for, of a form that somebody else has parsed. */
  readonly adopt?: (parsed: unknown) => unknown;
  /** A string that is content of the type already, as examples often are, is written as it is. */
  readonly write: (value: unknown) => Buffer;
  /** A value fit for the media type, where what the schema says would not make one: a real image, say. */
  readonly specimen?: () => unknown;
  /** Of a sequence: takes content apart into its items, to be sent one by one. */
  readonly itemize?: Itemize;
  /** Whether no schema can say anything of its values. */
  readonly isOpaque?: boolean;
}

export interface CodecContext {
  readonly description: Description;
  /** What is documented, without a range. */
  readonly contentType: ContentType;
  readonly shape: Shape;
  /** The Media Type Object: `encoding` and its like. */
  readonly mediaTypeObject: JsonObject;
  readonly pointer: string;
  readonly direction: 'request' | 'response';
  /** Of a part that is multipart itself: what its own parts are set apart by. */
  readonly boundary?: string;
  /** The documented headers of a part. */
  readonly headersOf: (headers: unknown, pointer: string) => readonly ResponseHeader[];
}

/** Chosen once, when a document is compiled. */
export function createCodec(context: CodecContext): Codec {
  const codec = codecOf(context);
  const { essence, parameters } = context.contentType;
  const family = familyOf(essence);
  const encode = family === 'binary' ? undefined : encoderOf(parameters.charset);
  const itemize = itemizeOf(family);
  if (!encode) return itemize ? { ...codec, itemize } : codec;
  return { ...codec, write: (value) => encode(codec.write(value).toString('utf8')) };
}

/** How text is written in a documented `charset`; `undefined` for UTF-8, and for those it can't be written in here. */
function encoderOf(charset: string | undefined): ((text: string) => Buffer) | undefined {
  switch (charset?.toLowerCase()) {
    case 'iso-8859-1':
    case 'iso8859-1':
    case 'latin1':
    case 'windows-1252':
      return (text) => Buffer.from(text, 'latin1');
    case 'us-ascii':
    case 'ascii':
      return (text) => Buffer.from(text.replace(/[^\0-\x7f]/gu, '?'), 'latin1');
    case 'utf-16le':
      return (text) => Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return (text) => Buffer.from(text, 'utf16le').swap16();
    // Which octet comes first is told by the first two (RFC 2781 §4.1).
    case 'utf-16':
    case 'utf16':
      return (text) => Buffer.from(`\ufeff${text}`, 'utf16le');
    default:
      return undefined;
  }
}

function codecOf(context: CodecContext): Codec {
  switch (familyOf(context.contentType.essence)) {
    case 'json':
      return jsonCodec;
    case 'json-lines':
      return createSequenceCodec('');
    case 'json-sequence':
      return createSequenceCodec('\u001e');
    case 'event-stream':
      return createEventStreamCodec(context);
    case 'xml':
      return createXmlCodec(context);
    case 'form':
      return createFormCodec(context);
    case 'multipart':
      return createMultipartCodec(context, createCodec);
    case 'csv':
      return createCsvCodec(context);
    case 'yaml':
      return yamlCodec;
    case 'text':
      return createTextCodec(context);
    case 'binary':
      return createOctetsCodec(context);
    case 'other':
      return createOtherCodec(context);
  }
}

const ofRanges: readonly (readonly [range: string, type: string])[] = [
  ['text/*', 'text/plain'],
  ['image/*', 'image/png'],
  ['audio/*', 'audio/wav'],
  ['video/*', 'video/mp4'],
  ['font/*', 'font/woff2'],
  ['multipart/*', 'multipart/form-data'],
];

/** The media type that a documented range is written in, where nobody asks for another of its types. */
export function concreteType({ essence, parameters }: ContentType, isOctets: boolean): ContentType {
  if (essence === '*/*' || essence === 'application/*')
    return { essence: isOctets ? 'application/octet-stream' : 'application/json', parameters };
  // None that is registered would be meant.
  const [start, suffix] = isRange(essence) ? essence.split('*') : [];
  if (suffix) return { essence: `${start}vnd.standin${suffix}`, parameters };
  const [, type] = ofRanges.find(([range]) => isInRange(essence, range) && essence.endsWith('/*')) ?? [];
  return essence.endsWith('/*')
    ? { essence: type ?? `${essence.slice(0, -1)}octet-stream`, parameters }
    : { essence, parameters };
}
