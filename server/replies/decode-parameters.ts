import type { Operation, Parameter, Violation } from '../contract/index.js';
import { isJson } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { cookiesOf } from './credentials.js';
import { decodeQuery, type QueryPair, queryPairs } from './query.js';

export interface DecodedParameters {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly header: Record<string, unknown>;
  readonly violations: Violation[];
}

type Decoded = { readonly value: unknown } | { readonly violation: Violation } | undefined;

/** Reads the documented parameters by their style and schema; undocumented ones stay text. */
export function decodeParameters(operation: Operation, request: ApiRequest): DecodedParameters {
  const pairs = queryPairs(request.query);
  const decoded: DecodedParameters = { path: {}, query: {}, header: {}, violations: [] };
  readUndocumented(decoded, request, pairs);
  for (const parameter of operation.parameters) {
    const found = decodeOne(parameter, request, pairs);
    if (!found) {
      if (parameter.required) decoded.violations.push(violation(parameter, 'required', 'is required'));
    } else if ('violation' in found) decoded.violations.push(found.violation);
    else {
      const { value } = found;
      if (parameter.in === 'header') decoded.header[parameter.name.toLowerCase()] = value;
      else if (parameter.in !== 'cookie') decoded[parameter.in][parameter.name] = value;
      if (!parameter.validator.check(value) && !(value === '' && parameter.allowEmptyValue)) {
        const wrong = parameter.validator.violations(value, parameter.in);
        decoded.violations.push(...wrong.map((one) => ({ ...one, pointer: `/${parameter.name}${one.pointer}` })));
      }
    }
  }
  return decoded;
}

function readUndocumented(decoded: DecodedParameters, request: ApiRequest, pairs: readonly QueryPair[]): void {
  for (const [name, raw] of Object.entries(request.pathParameters)) {
    const value = decodePath(raw);
    decoded.path[name] = value ?? raw;
    if (value === undefined)
      decoded.violations.push({
        location: 'path',
        pointer: `/${name}`,
        keyword: 'encoding',
        message: `"${raw}" is not percent-encoded rightly`,
      });
  }
  for (const { name, value, malformed } of pairs) {
    decoded.query[name] ??= value;
    if (malformed)
      decoded.violations.push({
        location: 'query',
        pointer: `/${name}`,
        keyword: 'encoding',
        message: 'is not percent-encoded rightly',
      });
  }
  for (const name of Object.keys(request.headers)) decoded.header[name] = headerOf(request, name);
}

function decodePath(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function violation({ name, in: location }: Parameter, keyword: string, message: string): Violation {
  return { location, pointer: `/${name}`, keyword, message };
}

function decodeOne(parameter: Parameter, request: ApiRequest, pairs: readonly QueryPair[]): Decoded {
  switch (parameter.in) {
    case 'path': {
      const raw = request.pathParameters[parameter.name];
      return raw === undefined || decodePath(raw) === undefined
        ? raw === undefined
          ? undefined
          : { value: raw }
        : decodeText(parameter, raw, ',', decodePath);
    }
    case 'query':
      return decodeQueryParameter(parameter, pairs);
    case 'header': {
      const text = headerOf(request, parameter.name.toLowerCase());
      return text === undefined ? undefined : decodeText(parameter, text, ',', (part) => part.trim());
    }
    case 'cookie': {
      const cookie = cookiesOf(headerOf(request, 'cookie') ?? '').find(({ name }) => name === parameter.name);
      return cookie && decodeText(parameter, cookie.value, ',', decodePath);
    }
  }
}

const separators: Readonly<Record<string, string>> = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' };

function decodeQueryParameter(parameter: Parameter, pairs: readonly QueryPair[]): Decoded {
  if (parameter.style === 'form' && parameter.explode && parameter.mediaType === undefined && isObjectAlone(parameter))
    return decodeMembers(parameter, pairs);
  const mine = pairs.filter(({ name }) => name === parameter.name);
  const [first, second] = mine;
  if (!first) return undefined;
  const isList = parameter.types.includes('array');
  if (isList && parameter.explode && parameter.style === 'form' && parameter.mediaType === undefined)
    return { value: mine.map(({ value }) => coerce(value, parameter.itemTypes)) };
  if (second) return { violation: violation(parameter, 'duplicate', `was sent ${mine.length} times`) };
  const separator = separators[parameter.style] ?? ',';
  const raw = separator === ',' ? first.raw : first.raw.replace(/%20|\+/g, ' ').replace(/%7C/gi, '|');
  return decodeText(parameter, raw, separator, decodeQuery);
}

/** One text that holds the whole value: a scalar, a list or an object without explosion (OpenAPI 3.1.1 §4.8.12.6). */
function decodeText(
  parameter: Parameter,
  raw: string,
  separator: string,
  decode: (text: string) => string | undefined,
): Decoded {
  const whole = decode(raw) ?? raw;
  if (parameter.mediaType !== undefined) return decodeContent(parameter, whole);
  const { types, itemTypes, propertyTypes } = parameter;
  const parts = () => (raw === '' ? [] : raw.split(separator).map((part) => decode(part) ?? part));
  if (types.includes('array') && !types.includes('string'))
    return { value: parts().map((part) => coerce(part, itemTypes)) };
  if (isObjectAlone(parameter)) {
    const entries = parts();
    const named = parameter.explode
      ? entries.map((part) => part.split(/=(.*)/s))
      : entries.flatMap((part, index) => (index % 2 === 0 ? [[part, entries[index + 1] ?? '']] : []));
    return {
      value: Object.fromEntries(
        named.map(([name = '', value = '']) => [name, coerce(value, ownTypes(propertyTypes, name) ?? [])]),
      ),
    };
  }
  return { value: coerce(whole, types) };
}

/** An exploded object, whose properties are pairs of their own; only those that its schema names can be told from others. */
function decodeMembers({ propertyTypes }: Parameter, pairs: readonly QueryPair[]): Decoded {
  const members = pairs.flatMap(({ name, value }) => {
    const types = ownTypes(propertyTypes, name);
    return types ? [[name, coerce(value, types)] as const] : [];
  });
  return members.length === 0 ? undefined : { value: Object.fromEntries(members) };
}

const ownTypes = (types: Parameter['propertyTypes'], name: string) =>
  Object.hasOwn(types, name) ? types[name] : undefined;

const isObjectAlone = ({ types }: Parameter) => types.includes('object') && !types.includes('string');

function decodeContent(parameter: Parameter, text: string): Decoded {
  if (!isJson(parameter.mediaType as string)) return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { violation: violation(parameter, 'syntax', 'is not JSON') };
  }
}

/** A text as the first of the types that it can be read as; else as it is, for the validator to refuse. */
export function coerce(text: string, types: readonly string[]): unknown {
  for (const type of types) {
    if ((type === 'integer' || type === 'number') && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text))
      return Number(text);
    if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    if (type === 'null' && (text === '' || text === 'null')) return null;
    if (type === 'string') return text;
  }
  return text;
}
