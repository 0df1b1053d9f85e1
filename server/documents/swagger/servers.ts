import type { JsonObject } from '../json.js';
import type { Conversion } from './conversion.js';

/** `schemes`, `host` and `basePath` as `servers`. Without `schemes` it is that by which the document was fetched. */
export function serversOf({ swagger: { root } }: Conversion, schemes: unknown = root.schemes): JsonObject[] {
  const base =
    typeof root.basePath === 'string' ? `/${root.basePath}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '') : '/';
  if (typeof root.host !== 'string') return [{ url: base }];
  const named = Array.isArray(schemes) ? schemes.filter((scheme) => typeof scheme === 'string') : [];
  const prefixes = named.length > 0 ? named.map((scheme) => `${scheme}:`) : [''];
  return prefixes.map((prefix) => ({ url: `${prefix}//${root.host}${base === '/' ? '' : base}` }));
}
