import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, deflate, gunzip, gzip, inflate, inflateRaw } from 'node:zlib';

/** The content codings that are read in requests (RFC 9110 §8.4.1). */
const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: inflateEither,
  br: promisify(brotliDecompress),
} as const;

type Decoded =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  | { readonly kind: 'coded'; readonly coding: string; readonly isSupported: boolean; readonly detail: string };

/**
 * Content without its codings, the last applied first (RFC 9110 §8.4). What would grow over the limit is not decoded further:
 * a few octets may stand for gigabytes.
 */
export async function decodeContent(content: Buffer, header: string, limitBytes: number): Promise<Decoded> {
  let bytes = content;
  const codings = header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  for (const coding of codings.reverse()) {
    if (!Object.hasOwn(decoders, coding)) {
      const detail = `the content coding "${coding}" is not supported; send the body as it is, or by ${Object.keys(decoders).join(', ')}`;
      return { kind: 'coded', coding, isSupported: false, detail };
    }
    try {
      bytes = await decoders[coding as keyof typeof decoders](bytes, { maxOutputLength: Math.max(limitBytes, 1) });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large', limitBytes };
      return { kind: 'coded', coding, isSupported: true, detail: message };
    }
  }
  return { kind: 'bytes', bytes };
}

/** `deflate` is the zlib format; some send it bare (RFC 9110 §8.4.1.2). */
function inflateEither(bytes: Buffer, options: { maxOutputLength: number }): Promise<Buffer> {
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) + (bytes[1] ?? 0)) % 31 === 0;
  return promisify(isZlib ? inflate : inflateRaw)(bytes, options);
}

export type Coding = 'gzip' | 'br' | 'deflate';

const brotli = promisify(brotliCompress);
const coders: Readonly<Record<Coding, (body: Buffer) => Promise<Buffer>>> = {
  gzip: promisify(gzip),
  deflate: promisify(deflate),
  br: (body) =>
    brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
};

/** Bodies of examples are the same buffers at every answer. */
const coded = new WeakMap<Buffer, Partial<Record<Coding, Buffer>>>();

/** The body under a coding: at once where it was coded before. */
export function encodeContent(body: Buffer, coding: Coding): Buffer | Promise<Buffer> {
  const kept = coded.get(body)?.[coding];
  if (kept) return kept;
  return coders[coding](body).then((bytes) => {
    coded.set(body, { ...coded.get(body), [coding]: bytes });
    return bytes;
  });
}
