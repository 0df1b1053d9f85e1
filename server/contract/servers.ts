import { isObject } from '../documents/index.js';
import type { Server } from './contract.js';

/** The `servers` of a document, path item or operation; `inherited` where there are none (OpenAPI 3.1.1 §4.8.5). */
export function compileServers(value: unknown, inherited: readonly Server[]): readonly Server[] {
  if (!Array.isArray(value) || value.length === 0) return inherited;
  return value
    .filter(isObject)
    .flatMap((server) => (typeof server.url === 'string' ? [parse(withDefaults(server.url, server.variables))] : []));
}

function withDefaults(url: string, variables: unknown): string {
  return url.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined;
    return isObject(variable) && variable.default !== undefined ? String(variable.default) : whole;
  });
}

function parse(url: string): Server {
  const [, host, path = ''] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [
    undefined,
    undefined,
    url.replace(/[?#].*$/, ''),
  ];
  const basePath = `/${path}`.replace(/\/+/g, '/').replace(/\/$/, '');
  return { url, basePath, ...(host && { host: host.replace(/^.*@/, '').toLowerCase() }) };
}
