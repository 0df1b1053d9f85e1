import { createRequire } from 'node:module';
import { decodeText } from './charset.js';
import type { Codec } from './codec.js';
import { malformed, readAs } from './reading.js';

/** Few documents speak YAML, and so it is not loaded before. */
const yaml = () => createRequire(import.meta.url)('yaml') as typeof import('yaml');

/** More aliases than this make a document that is longer than it looks. */
const maxAliasCount = 100;

/** RFC 9512. */
export const yamlCodec: Codec = {
  read: (content, contentType) => {
    const decoded = decodeText(content, contentType);
    if ('failure' in decoded) return decoded.failure;
    try {
      return readAs(yaml().parse(decoded.text, { maxAliasCount, schema: 'core', logLevel: 'error' }));
    } catch (error) {
      return malformed(`the body is not YAML: ${(error as Error).message}`);
    }
  },
  write: (value) => Buffer.from(typeof value === 'string' ? value : yaml().stringify(value ?? null)),
};
