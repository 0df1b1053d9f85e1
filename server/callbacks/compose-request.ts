import {
  createChance,
  essenceOf,
  isJson,
  type OutgoingRequest,
  type Parameter,
  type RequestMediaType,
  type SecurityRequirement,
  type Violation,
} from '../contract/index.js';
import { isObject } from '../documents/index.js';
import { toHeaderText, transportHeaders } from '../replies/index.js';

/** On each delivery; a request that has one of them leads to no further ones, so that two mocks can't keep each other busy. */
export const deliveryHeaders = { callback: 'standin-callback', webhook: 'standin-webhook' } as const;

export type DeliveryKind = keyof typeof deliveryHeaders;

export interface ComposedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Something to know of the body. */
  readonly note?: string;
}

/** What the body is to be, where it is not to be the first valid example. */
export interface BodyChoice {
  readonly value?: unknown;
  /** Name of an example; where there is none of that name, it counts for nothing. */
  readonly example?: string | undefined;
}

type Put = (place: Parameter['in'], key: string, value: string) => void;

/** The request that a callback or webhook documents: its body, its required parameters, a credential. */
export function composeRequest(
  kind: DeliveryKind,
  { name, method, parameters, requestBody, security }: OutgoingRequest,
  target: string,
  choice: BodyChoice = {},
): ComposedRequest {
  const url = new URL(target);
  const headers: Record<string, string> = { 'user-agent': 'standin', [deliveryHeaders[kind]]: toHeaderText(name) };
  const cookies: string[] = [];
  const put: Put = (place, key, value) => {
    if (place === 'query') url.searchParams.append(key, value);
    else if (place === 'header') headers[key.toLowerCase()] = toHeaderText(value);
    else if (place === 'cookie') cookies.push(`${key}=${encodeURIComponent(value)}`);
  };
  for (const parameter of parameters) if (isMissing(parameter, url)) write(parameter, valueFor(parameter), put);
  authorize(security, put);
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  const mediaType = preferred(requestBody?.content ?? []);
  if (!mediaType || method === 'GET' || method === 'HEAD') return { method, url, headers };
  headers['content-type'] = mediaType.contentType;
  const { body, note } = bodyOf(mediaType, choice);
  if (note !== undefined) headers['standin-note'] = toHeaderText(note);
  return { method, url, headers, ...(body && { body }), ...(note !== undefined && { note }) };
}

/** What is wrong with a value as the body of a request; nothing where it documents no body. */
export function bodyViolations({ requestBody }: OutgoingRequest, value: unknown): readonly Violation[] {
  const mediaType = preferred(requestBody?.content ?? []);
  const sent = mediaType?.withoutReadOnly(value);
  return !mediaType || mediaType.validator.check(sent) ? [] : mediaType.validator.violations(sent, 'body');
}

/** Names of the examples that may be asked for. */
export function exampleNames({ requestBody }: OutgoingRequest): string[] {
  const mediaType = preferred(requestBody?.content ?? []);
  return (mediaType?.examples() ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
}

function preferred(content: readonly RequestMediaType[]): RequestMediaType | undefined {
  return content.find(({ mediaType }) => isJson(mediaType)) ?? content[0];
}

function bodyOf(mediaType: RequestMediaType, { value, example }: BodyChoice): { body?: Buffer; note?: string } {
  const examples = mediaType.examples();
  const usable = examples.find(({ state }) => state.kind !== 'invalid') ?? examples[0];
  const chosen = examples.find(({ name }) => example !== undefined && name === example) ?? usable;
  const instead = chosen ? { body: chosen.bytes } : {};
  if (value === undefined) return instead;
  const sent = mediaType.withoutReadOnly(value);
  if (mediaType.validator.check(sent)) {
    const codec = mediaType.codecFor(essenceOf(mediaType.contentType) ?? mediaType.mediaType);
    return { body: codec.write(sent) };
  }
  const [violation] = mediaType.validator.violations(sent, 'body');
  const why = violation ? `${violation.pointer || 'it'} ${violation.message}` : 'it is not valid';
  return {
    ...instead,
    note: `the body made for it does not fit the documented schema (${why}), so the example is sent`,
  };
}

function isMissing({ in: place, name, required }: Parameter, url: URL): boolean {
  if (!required || (place === 'query' && url.searchParams.has(name))) return false;
  return place !== 'header' || !transportHeaders.has(name.toLowerCase());
}

function valueFor(parameter: Parameter): unknown {
  const example = parameter.examples().find((value) => parameter.validator.check(value));
  return example ?? parameter.sample('documented', createChance(parameter.pointer));
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

/** By its style (OpenAPI 3.1.1 §4.8.12.6), as far as queries, headers and cookies know them. */
function write({ in: place, name, style, explode, mediaType }: Parameter, value: unknown, put: Put): void {
  const compound = typeof value === 'object' && value !== null;
  if (place === 'querystring' && isObject(value)) {
    for (const [key, member] of Object.entries(value)) put('query', key, plain(member));
  } else if (mediaType !== undefined) {
    put(place, name, isJson(mediaType) ? JSON.stringify(value) : plain(value));
  } else if (place === 'query' && compound && (explode || style === 'deepObject')) {
    for (const [key, member] of Object.entries(value))
      put(place, Array.isArray(value) ? name : style === 'deepObject' ? `${name}[${key}]` : key, plain(member));
  } else {
    const link = explode ? '=' : ',';
    const members = Array.isArray(value)
      ? value.map(plain)
      : isObject(value)
        ? Object.entries(value).map(([key, member]) => `${key}${link}${plain(member)}`)
        : [plain(value)];
    put(place, name, members.join(separators[style] ?? ','));
  }
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A credential that any of our own operations would accept. */
const credential = 'standin';

/** Meets the first of the security requirements, which are alternatives. */
function authorize([first]: readonly SecurityRequirement[], put: Put): void {
  for (const { type, scheme, in: place = 'header', parameterName = '' } of first?.schemes ?? []) {
    if (type === 'mutualTLS') continue;
    if (type === 'apiKey') put(place, parameterName, credential);
    else if (type === 'http' && scheme === 'basic')
      put('header', 'authorization', `Basic ${Buffer.from(`${credential}:${credential}`).toString('base64')}`);
    else put('header', 'authorization', `${type === 'http' && scheme !== 'bearer' ? scheme : 'Bearer'} ${credential}`);
  }
}
