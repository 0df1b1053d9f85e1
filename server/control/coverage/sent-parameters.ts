import type { IncomingHttpHeaders } from 'node:http';
import { lazyOf, type Operation, type Parameter } from '../../contract/index.js';

interface ByPlace {
  readonly path: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly querystring: readonly Parameter[];
  readonly header: readonly Parameter[];
  readonly cookie: readonly Parameter[];
}

const byPlace = lazyOf(({ parameters }: Operation): ByPlace => {
  const inPlace = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place);
  return {
    path: inPlace('path'),
    query: inPlace('query'),
    querystring: inPlace('querystring'),
    header: inPlace('header'),
    cookie: inPlace('cookie'),
  };
});

/** The documented parameters that a request has. Those of the path it always has. */
export function sentParameters(operation: Operation, url: string, headers: IncomingHttpHeaders): readonly Parameter[] {
  const { path, query, querystring, header, cookie } = byPlace(operation);
  if (operation.parameters.length === path.length) return path;
  const found = [...path, ...header.filter(({ name }) => headers[name.toLowerCase()] !== undefined)];
  const mark = query.length + querystring.length === 0 ? -1 : url.indexOf('?');
  if (mark !== -1 && mark < url.length - 1) {
    const sent = namesIn(url.slice(mark + 1));
    found.push(...querystring, ...query.filter(({ name }) => isSent(name, sent)));
  }
  if (cookie.length > 0 && headers.cookie !== undefined) {
    const sent = new Set(headers.cookie.split(';').map((pair) => pair.split('=')[0]?.trim()));
    found.push(...cookie.filter(({ name }) => sent.has(name)));
  }
  return found;
}

function namesIn(query: string): ReadonlySet<string> {
  // Most names stand for themselves, and this is done for each request.
  if (/[%+]/.test(query)) return new Set(new URLSearchParams(query).keys());
  return new Set(query.split('&').map((pair) => pair.slice(0, (pair.indexOf('=') + 1 || pair.length + 1) - 1)));
}

/** Lists and objects may be written with brackets: `filter[name]`, `tags[]`. */
function isSent(name: string, sent: ReadonlySet<string>): boolean {
  if (sent.has(name)) return true;
  for (const one of sent) if (one.startsWith(`${name}[`)) return true;
  return false;
}
