import { createRequire } from 'node:module';

/** Few documents speak of multipart content, and so these are not loaded before. */
const require = createRequire(import.meta.url);
const busboy = () => require('@fastify/busboy') as typeof import('@fastify/busboy');
const contentDisposition = () => require('content-disposition') as typeof import('content-disposition');

/** One part of multipart content (RFC 2046 §5.1). */
export interface Part {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of its `Content-Disposition`. */
  readonly name?: string;
  readonly filename?: string;
  readonly content: Buffer;
}

/** More parts than this are no form. */
const partsMax = 1000;

/**
 * Takes multipart content apart.
 *
 * @throws Error where it is not what its boundary says.
 */
export function parseParts(content: Buffer, boundary: string): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const parts: Promise<Part>[] = [];
    const parser = new (busboy().Dicer)({ boundary, maxHeaderPairs: 100 });
    parser.on('part', (stream) => {
      if (parts.length >= partsMax) {
        stream.resume();
        return reject(new Error(`it has more than ${partsMax} parts`));
      }
      parts.push(
        new Promise<Part>((done, fail) => {
          const chunks: Buffer[] = [];
          let headers: Readonly<Record<string, string>> = {};
          stream.on('header', (raw: object) => {
            headers = headersOf(raw as Readonly<Record<string, readonly string[]>>);
          });
          stream.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk)));
          stream.on('error', fail);
          stream.on('end', () => done({ headers, ...dispositionOf(headers), content: Buffer.concat(chunks) }));
        }),
      );
    });
    parser.on('error', reject);
    parser.on('finish', () => Promise.all(parts).then(resolve, reject));
    parser.end(content);
  });
}

function headersOf(raw: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(raw).map(([name, values]) => [name.toLowerCase(), values.join(', ')]));
}

function dispositionOf({ 'content-disposition': header }: Readonly<Record<string, string>>): {
  name?: string;
  filename?: string;
} {
  if (header === undefined) return {};
  try {
    const { name, filename } = contentDisposition().parse(header, { multipart: true }).parameters;
    return {
      ...(name !== undefined && { name: asUtf8(name) }),
      ...(filename !== undefined && { filename: asUtf8(filename) }),
    };
  } catch {
    return {};
  }
}

/** Names are UTF-8 octets (RFC 7578 §5.1); the parser takes each octet for a character. */
function asUtf8(text: string): string {
  const octets = Buffer.from(text, 'latin1');
  if (octets.toString('latin1') !== text) return text;
  const decoded = octets.toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}
