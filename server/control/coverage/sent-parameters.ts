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
    const isSent = sentIn(url.slice(mark + 1));
    found.push(...querystring);
    for (const parameter of query) if (isSent(parameter.name)) found.push(parameter);
  }
  if (cookie.length > 0 && headers.cookie !== undefined) {
    const sent = new Set(headers.cookie.split(';').map((pair) => pair.split('=')[0]?.trim()));
    found.push(...cookie.filter(({ name }) => sent.has(name)));
  }
  return found;
}

/** Tells whether a query has a name. Lists and objects may be written with brackets: `filter[name]`, `tags[]`. */
function sentIn(query: string): (name: string) => boolean {
  // Most names stand for themselves, and this is done for each request.
  if (!/[%+]/.test(query)) return (name) => hasName(query, name);
  const sent = [...new URLSearchParams(query).keys()];
  return (name) => sent.some((one) => one === name || one.startsWith(`${name}[`));
}

function hasName(query: string, name: string): boolean {
  if (name === '') return /(?:^|&)[=[]/.test(query);
  for (let at = query.indexOf(name); at !== -1; at = query.indexOf(name, at + 1)) {
    const end = query[at + name.length];
    const isWhole = end === undefined || end === '=' || end === '&' || end === '[';
    if (isWhole && (at === 0 || query[at - 1] === '&')) return true;
  }
  return false;
}
