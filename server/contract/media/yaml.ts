import { parse, stringify } from 'yaml';
import { decodeText } from './charset.js';
import type { Codec } from './codec.js';
import { malformed, readAs } from './reading.js';

/** More aliases than this make a document that is longer than it looks. */
const maxAliasCount = 100;

/** RFC 9512. */
export const yamlCodec: Codec = {
  read: (content, contentType) => {
    const decoded = decodeText(content, contentType);
    if ('failure' in decoded) return decoded.failure;
    try {
      return readAs(parse(decoded.text, { maxAliasCount, schema: 'core', logLevel: 'error' }));
    } catch (error) {
      return malformed(`the body is not YAML: ${(error as Error).message}`);
    }
  },
  write: (value) => Buffer.from(typeof value === 'string' ? value : stringify(value ?? null)),
};
