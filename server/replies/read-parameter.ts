import type { Parameter } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { decodeQuery, type QueryPair } from './query.js';
import { createPairsReader, type IsUnclaimed } from './read-pairs.js';
import { createTextReader, objectOf, readContent } from './read-text.js';
import type { Reading } from './reading.js';

/** Where the parameters of a request are found. */
export interface Sources {
  readonly request: ApiRequest;
  readonly query: readonly QueryPair[];
  readonly cookies: () => readonly QueryPair[];
  /** Cookies whose text is a query in itself, as exploded `form` writes them (RFC 6570 §3.2.9). */
  readonly splitCookies: () => readonly QueryPair[];
}

export type ParameterReader = (sources: Sources) => Reading;

/** Made once for each parameter: its place, style and schema decide how it is read (OpenAPI 3.1.1 §4.8.12). */
export function createReader(parameter: Parameter, isUnclaimed: IsUnclaimed): ParameterReader {
  const { name, in: place, style, explode } = parameter;
  switch (place) {
    case 'path': {
      const read = createTextReader(parameter, lenientPercent);
      return ({ request }) => {
        const raw = request.pathParameters[name];
        if (raw === undefined) return undefined;
        return decodePercent(raw) === undefined ? { value: raw, isValid: true } : read(raw);
      };
    }
    case 'header': {
      const read = createTextReader(parameter, (text) => text);
      const key = name.toLowerCase();
      return ({ request }) => {
        const text = headerOf(request, key);
        return text === undefined ? undefined : read(text.trim());
      };
    }
    case 'query': {
      const read = createPairsReader(parameter, isUnclaimed, (text) => decodeQuery(text) ?? text);
      return ({ query }) => read(query);
    }
    case 'cookie': {
      // The style `cookie` has no escaping of its own (OpenAPI 3.2.0 §4.12.3).
      const read = createPairsReader(parameter, isUnclaimed, style === 'cookie' ? (text) => text : lenientPercent);
      return style === 'form' && explode
        ? ({ splitCookies }) => read(splitCookies())
        : ({ cookies }) => read(cookies());
    }
    case 'querystring': {
      const { mediaType = form } = parameter;
      if (mediaType !== form)
        return ({ request: { query } }) =>
          query === '' ? undefined : readContent(parameter, mediaType, lenientPercent(query));
      return ({ query }) => {
        if (query.length === 0) return undefined;
        const value = objectOf(
          query.map((pair) => [pair.name, pair.value]),
          parameter.shape(),
        );
        return { value, isValid: parameter.validator.check(value) };
      };
    }
  }
}

const form = 'application/x-www-form-urlencoded';

/** `undefined` where the percent-encoding is broken. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const lenientPercent = (text: string) => decodePercent(text) ?? text;
