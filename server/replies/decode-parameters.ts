import { lazyOf, type Operation, type Parameter, type Violation } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { cookiesOf } from './cookies.js';
import { isDeepMember } from './deep-object.js';
import { type QueryPair, queryPairs } from './query.js';
import type { IsUnclaimed } from './read-pairs.js';
import { createReader, decodePercent, type ParameterReader, type Sources } from './read-parameter.js';
import { violationOf } from './reading.js';

export interface DecodedParameters {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly header: Record<string, unknown>;
  /** Absent where no documented cookie was sent. */
  cookie?: Record<string, unknown>;
  readonly violations: Violation[];
}

/** Reads the documented parameters by their style and schema; undocumented ones stay text. */
export function decodeParameters(operation: Operation, request: ApiRequest): DecodedParameters {
  const { readers, readsHeaders } = readingOf(operation);
  const sources = sourcesOf(request);
  // The headers themselves, unless some of them are to be values.
  const header = readsHeaders ? { ...request.headers } : request.headers;
  const decoded: DecodedParameters = { path: {}, query: {}, header, violations: [] };
  readUndocumented(decoded, request, sources.query);
  for (const { parameter, read } of readers) {
    const found = read(sources);
    if (!found) {
      if (parameter.required) decoded.violations.push(violationOf(parameter, 'required', 'is required').violation);
    } else if ('violation' in found) decoded.violations.push(found.violation);
    else {
      set(decoded, parameter, found.value);
      if (!found.isValid) decoded.violations.push(...violationsOf(parameter, found.value));
    }
  }
  return decoded;
}

interface CompiledReader {
  readonly parameter: Parameter;
  readonly read: ParameterReader;
}

interface CompiledReading {
  readonly readers: readonly CompiledReader[];
  readonly readsHeaders: boolean;
}

const readingOf = lazyOf(compileReading);

function compileReading(operation: Operation): CompiledReading {
  const { parameters } = operation;
  return {
    readers: parameters.map((parameter) => ({
      parameter,
      read: createReader(parameter, isUnclaimedBesides(parameter, operation)),
    })),
    readsHeaders: parameters.some(({ in: place }) => place === 'header'),
  };
}

/** What a free-form object in the query, or in cookies, may take: nothing that another parameter or a credential is known by. */
function isUnclaimedBesides(parameter: Parameter, { parameters, security }: Operation): IsUnclaimed {
  const others = parameters.filter((other) => other !== parameter && other.in === parameter.in);
  const names = new Set([
    '__code',
    '__example',
    '__dynamic',
    ...others.map(({ name }) => name),
    ...others.flatMap(({ style, explode, shape }) =>
      style === 'form' && explode ? [...shape().properties().keys()] : [],
    ),
    ...security.flatMap(({ schemes }) =>
      schemes.flatMap(({ in: place, parameterName = '' }) => (place === parameter.in ? [parameterName] : [])),
    ),
  ]);
  const deep = others.filter(({ style }) => style === 'deepObject');
  return (name) => !names.has(name) && !deep.some((other) => isDeepMember(other.name, name));
}

function sourcesOf(request: ApiRequest): Sources {
  let cookies: QueryPair[] | undefined;
  const readCookies = () => {
    const header = headerOf(request, 'cookie');
    cookies ??= header === undefined ? [] : cookiesOf(header).map(asPair);
    return cookies;
  };
  return {
    request,
    query: queryPairs(request.query),
    cookies: readCookies,
    splitCookies: () =>
      readCookies().flatMap((pair) =>
        pair.raw.includes('&') ? cookiesOf(`${pair.name}=${pair.raw.replaceAll('&', ';')}`).map(asPair) : [pair],
      ),
  };
}

function asPair({ name, value }: { name: string; value: string }): QueryPair {
  return { name, value, raw: value, malformed: false };
}

function set(decoded: DecodedParameters, { in: place, name }: Parameter, value: unknown): void {
  if (place === 'header') decoded.header[name.toLowerCase()] = value;
  else if (place === 'path') decoded.path[name] = value;
  else if (place !== 'cookie') decoded.query[name] = value;
  else {
    decoded.cookie ??= {};
    decoded.cookie[name] = value;
  }
}

function violationsOf({ name, in: place, validator }: Parameter, value: unknown): Violation[] {
  const location = place === 'querystring' ? 'query' : place;
  return validator.violations(value, location).map((one) => ({ ...one, pointer: `/${name}${one.pointer}` }));
}

function readUndocumented(decoded: DecodedParameters, request: ApiRequest, pairs: readonly QueryPair[]): void {
  const misencoded = (location: 'path' | 'query', name: string, message: string) =>
    decoded.violations.push({ location, pointer: `/${name}`, keyword: 'encoding', message });
  for (const name in request.pathParameters) {
    const raw = request.pathParameters[name] as string;
    const value = decodePercent(raw);
    decoded.path[name] = value ?? raw;
    if (value === undefined) misencoded('path', name, `"${raw}" is not percent-encoded rightly`);
  }
  for (const { name, value, malformed } of pairs) {
    if (!Object.hasOwn(decoded.query, name)) decoded.query[name] = value;
    if (malformed) misencoded('query', name, 'is not percent-encoded rightly');
  }
}
