import { gzipSync } from 'node:zlib';
import { lazy } from '../lazy.js';

interface Kind {
  readonly types: RegExp;
  /** What such content begins with, and from which octet. */
  readonly magic?: readonly (string | readonly number[])[];
  readonly offset?: number;
  readonly content: () => Buffer;
}

/** The smallest content of a media type that software which reads it takes. */
export function specimenOf(essence: string): Buffer | undefined {
  return kindOf(essence)?.content();
}

/** Whether content begins as that of its type does; `undefined` where nothing is known of how it does. */
export function looksLike(essence: string, content: Buffer): boolean | undefined {
  const kind = kindOf(essence);
  if (!kind?.magic) return undefined;
  const { magic, offset = 0 } = kind;
  return magic.some((start) => {
    const octets = typeof start === 'string' ? Buffer.from(start, 'latin1') : Buffer.from(start);
    return content.subarray(offset, offset + octets.length).equals(octets);
  });
}

const kindOf = (essence: string) => kinds.find(({ types }) => types.test(essence));

const base64 = (text: string) => lazy(() => Buffer.from(text, 'base64'));
const octets = (...values: (string | readonly number[])[]) =>
  lazy(() =>
    Buffer.concat(
      values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(value))),
    ),
  );
const zeros = (count: number) => new Array<number>(count).fill(0);

/** A box of the ISO base media file format (ISO/IEC 14496-12) that says which brand of it the file is. */
const fileType = (brand: string) => octets([0, 0, 0, 20], 'ftyp', brand, [0, 0, 2, 0], 'isom', [0, 0, 0, 8], 'mdat');

const png = base64('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==');

const kinds: readonly Kind[] = [
  { types: /^image\/(?:png|x-png|apng)$/, magic: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]], content: png },
  {
    types: /^image\/gif$/,
    magic: ['GIF87a', 'GIF89a'],
    content: base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  },
  { types: /^image\/p?jpe?g$/, magic: [[0xff, 0xd8, 0xff]], content: lazy(jpeg) },
  { types: /^image\/webp$/, magic: ['RIFF'], content: base64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==') },
  {
    types: /^image\/(?:x-ms-)?bmp$/,
    magic: ['BM'],
    content: octets(
      'BM',
      [58, 0, 0, 0],
      zeros(4),
      [54, 0, 0, 0],
      [40, 0, 0, 0],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [1, 0, 24, 0],
      zeros(4),
      [4, 0, 0, 0],
      zeros(16),
      [255, 255, 255, 0],
    ),
  },
  {
    types: /^image\/(?:x-icon|vnd\.microsoft\.icon)$/,
    magic: [[0, 0, 1, 0]],
    content: lazy(() =>
      Buffer.concat([
        Buffer.from([0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0, png().length, 0, 0, 0, 22, 0, 0, 0]),
        png(),
      ]),
    ),
  },
  {
    types: /^image\/tiff$/,
    magic: ['II*\0', 'MM\0*'],
    content: octets(
      'II*\0',
      [8, 0, 0, 0],
      [6, 0],
      [0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0],
      [1, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0],
      [3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0],
      [6, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0],
      [17, 1, 4, 0, 1, 0, 0, 0, 86, 0, 0, 0],
      [23, 1, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0],
      zeros(4),
      [1],
    ),
  },
  {
    types: /^image\/svg\+xml$/,
    content: octets('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>'),
  },
  { types: /^image\/avif$/, magic: ['ftyp'], offset: 4, content: fileType('avif') },
  { types: /^image\/hei[cf]$/, magic: ['ftyp'], offset: 4, content: fileType('heic') },
  { types: /^application\/pdf$/, magic: ['%PDF-'], content: lazy(pdf) },
  {
    types:
      /^application\/(?:zip|x-zip-compressed|(?:x-)?java-archive|vnd\.openxmlformats-officedocument\..+|vnd\.oasis\.opendocument\..+)$|\+zip$/,
    magic: ['PK'],
    // An archive of nothing is its end of central directory record (APPNOTE §4.3.16).
    content: octets('PK', [5, 6], zeros(18)),
  },
  { types: /^application\/(?:x-)?gzip$|\+gzip$/, magic: [[0x1f, 0x8b]], content: lazy(() => gzipSync('')) },
  { types: /^application\/x-tar$/, content: octets(zeros(1024)) },
  { types: /^application\/wasm$/, magic: ['\0asm'], content: octets('\0asm', [1, 0, 0, 0]) },
  // A message of no fields has no octets.
  { types: /protobuf$/, content: octets('') },
  { types: /^application\/cbor$|\+cbor$/, content: octets([0xf6]) },
  { types: /^application\/(?:x-|vnd\.)?msgpack$/, content: octets([0xc0]) },
  {
    types: /^audio\/(?:x-|vnd\.)?wave?$/,
    magic: ['RIFF'],
    content: octets(
      'RIFF',
      [38, 0, 0, 0],
      'WAVEfmt ',
      [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0],
      'data',
      [2, 0, 0, 0, 0, 0],
    ),
  },
  // One frame of silence.
  {
    types: /^audio\/(?:mpeg|mp3)$/,
    magic: ['ID3', [0xff, 0xfb], [0xff, 0xf3], [0xff, 0xf2], [0xff, 0xfa]],
    content: octets([0xff, 0xfb, 0x90, 0xc4], zeros(413)),
  },
  {
    types: /^(?:audio|video|application)\/(?:ogg|opus)$/,
    magic: ['OggS'],
    content: octets('OggS', [0, 6], zeros(20), [0]),
  },
  { types: /^(?:audio|video)\/(?:mp4|x-m4a|x-m4v)$/, magic: ['ftyp'], offset: 4, content: fileType('isom') },
  {
    types: /^video\/quicktime$/,
    magic: ['ftyp', 'moov', 'mdat', 'wide', 'free'],
    offset: 4,
    content: fileType('qt  '),
  },
  {
    types: /^(?:audio|video)\/(?:webm|x-matroska)$/,
    magic: [[0x1a, 0x45, 0xdf, 0xa3]],
    content: octets([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm'),
  },
  { types: /^font\/woff2$/, magic: ['wOF2'], content: octets('wOF2', [0, 1, 0, 0], zeros(40)) },
  { types: /^font\/woff$/, magic: ['wOFF'], content: octets('wOFF', [0, 1, 0, 0], zeros(36)) },
  {
    types: /^text\/html$|^application\/xhtml\+xml$/,
    content: octets(
      '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><meta charset="utf-8"/><title>standin</title></head><body><p>standin</p></body></html>\n',
    ),
  },
  { types: /^text\/css$/, content: octets('body {\n}\n') },
  {
    types: /^text\/calendar$/,
    content: octets('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//standin//EN\r\nEND:VCALENDAR\r\n'),
  },
  { types: /^text\/(?:x-)?vcard$/, content: octets('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:standin\r\nEND:VCARD\r\n') },
];

/** One white pixel: baseline, one component, codes of one bit for the only symbols used (ITU-T T.81). */
function jpeg(): Buffer {
  const table = (kind: number) => [0xff, 0xc4, 0, 20, kind, 1, ...zeros(15), 0];
  return Buffer.from([
    ...[0xff, 0xd8],
    ...[0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ...[0xff, 0xdb, 0, 67, 0, ...new Array<number>(64).fill(1)],
    ...[0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0],
    ...table(0x00),
    ...table(0x10),
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
    0x3f,
    ...[0xff, 0xd9],
  ]);
}

/** One empty page, with a cross-reference table of where its objects stand (ISO 32000-1 §7.5). */
function pdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] /Resources << >> >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}
