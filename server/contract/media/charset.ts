import { isUtf8 } from 'node:buffer';
import type { ContentType } from '../media-type.js';
import { malformed, type Reading } from './reading.js';

/** The first byte of U+FEFF in UTF-8: it is no part of the text, and the decoder leaves it out. */
const byteOrderMark = 0xef;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of content, by its `charset`: any of the Encoding Standard's. Without one it is UTF-8. `isUtf8` where the content is the
 * text in UTF-8, and nothing else.
 */
export function decodeText(
  content: Buffer,
  { parameters }: ContentType,
  fallback = 'utf-8',
  what = 'text',
): { readonly text: string; readonly isUtf8?: true } | { readonly failure: Reading } {
  const charset = (parameters.charset ?? fallback).toLowerCase();
  if (charset === 'utf-8' && isUtf8(content) && content[0] !== byteOrderMark)
    return { text: content.toString('utf8'), isUtf8: true };
  let decoder = utf8;
  if (!/^(?:utf-?8|us-ascii)$/.test(charset)) {
    try {
      decoder = new TextDecoder(byteOrder(charset, content), { fatal: true });
    } catch {
      return {
        failure: { kind: 'unsupported', detail: `the charset "${charset}" is not supported; send UTF-8` },
      };
    }
  }
  try {
    return { text: decoder.decode(content) };
  } catch {
    return { failure: malformed(`the body is not ${what} written in ${charset}`) };
  }
}

/** UTF-16 says by its first two bytes which comes first (RFC 2781 §4.3); the Encoding Standard looks for little endian only. */
function byteOrder(charset: string, content: Buffer): string {
  return charset === 'utf-16' && content[0] === 0xfe && content[1] === 0xff ? 'utf-16be' : charset;
}
