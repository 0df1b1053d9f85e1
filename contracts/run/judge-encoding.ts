import { isJson, type ResponseMediaType } from '../../server/contract/index.js';
import type { Answer } from './answer.js';
import type { Finding } from './judge.js';

/** Octets that JSON may not be written in (RFC 8259 §8.1): a byte order mark, and what is no UTF-8. */
export function judgeEncoding({ mediaType }: Pick<ResponseMediaType, 'mediaType'>, { body }: Answer): Finding[] {
  if (!isJson(mediaType)) return [];
  if (marks.some((mark) => body.subarray(0, mark.length).equals(mark)))
    return [
      { kind: 'schema', message: 'the body begins with a byte order mark, which JSON must not have (RFC 8259 §8.1)' },
    ];
  try {
    utf8.decode(body);
    return [];
  } catch {
    return [
      { kind: 'schema', message: 'the body has octets that are no UTF-8, which JSON is written in (RFC 8259 §8.1)' },
    ];
  }
}

const marks = [Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0xfe, 0xff]), Buffer.from([0xff, 0xfe])];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
