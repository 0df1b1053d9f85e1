import { allowsText } from '../shape.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { malformed, readAs } from './reading.js';
import { specimenOf } from './specimen.js';
import { ownNameOf } from './xml-object.js';
import { parseXml } from './xml-parse.js';
import { readElement } from './xml-read.js';
import { rootNameOf, writeXml } from './xml-write.js';

/** XML, as the XML Objects of its schema have it (OpenAPI 3.1.1 §4.8.26, 3.2 §4.26). */
export function createXmlCodec({ shape, contentType: { essence }, direction, mediaTypeObject }: CodecContext): Codec {
  const specimen = direction === 'response' ? specimenOf(essence) : undefined;
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType, declaredEncoding(content));
      if ('failure' in decoded) return decoded.failure;
      const parsed = parseXml(decoded.text);
      if ('message' in parsed) return malformed(`the body is not XML: ${parsed.message}`);
      const { root } = parsed;
      // A schema of text alone speaks of the document as it is written.
      if (mediaTypeObject.schema === undefined || isText(shape.types())) return readAs(decoded.text);
      const name = ownNameOf(shape);
      if (name !== undefined && name !== root.localName)
        return malformed(`the root element is "${root.localName}"; "${name}" is documented`);
      return readAs(readElement(root, shape, true));
    },
    write: (value) => Buffer.from(typeof value === 'string' && /^\s*</.test(value) ? value : writeXml(value, shape)),
    ...((specimen || mediaTypeObject.schema === undefined || isText(shape.types())) && {
      specimen: () =>
        allowsText(shape) && (mediaTypeObject.schema === undefined || isText(shape.types()))
          ? (specimen?.toString('utf8') ?? `<?xml version="1.0" encoding="UTF-8"?>\n<${rootNameOf(shape)}/>\n`)
          : undefined,
    }),
  };
}

const isText = (types: readonly string[]) =>
  types.length > 0 && types.every((type) => type === 'string' || type === 'null');

/** What the document says of itself, where no header does (XML 1.0 §4.3.3). */
function declaredEncoding(content: Buffer): string {
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  const start = content.toString('latin1', 0, 120);
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}
