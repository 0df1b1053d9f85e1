import { decodeText } from './charset.js';
import type { Codec } from './codec.js';
import { inUtf8 } from './in-utf8.js';
import { malformed, readAs } from './reading.js';

/** RFC 8259. */
export const jsonCodec: Codec = {
  read: (content, contentType) => {
    const decoded = decodeText(content, contentType, 'utf-8', 'JSON');
    if ('failure' in decoded) return decoded.failure;
    try {
      return readAs(JSON.parse(decoded.text), undefined, decoded.isUtf8 && content);
    } catch (error) {
      return malformed(`the body is not JSON: ${(error as Error).message}`);
    }
  },
  write: (value) => inUtf8(JSON.stringify(value) ?? 'null'),
};
