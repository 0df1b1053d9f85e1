import {
  type Callback,
  createChance,
  isJson,
  type Parameter,
  type RequestMediaType,
  type SecurityRequirement,
} from '../contract/index.js';
import { toHeaderText } from '../replies/index.js';

/** On each delivery; a request that is one leads to no further ones, so that two mocks can't keep each other busy. */
export const callbackHeader = 'standin-callback';

export interface CallbackRequest {
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: Buffer;
}

/** The request that a callback documents: its body as the example or as its schema has it, its required parameters, a credential. */
export function composeRequest(
  { name, method, parameters, requestBody, security }: Callback,
  target: string,
): CallbackRequest {
  const url = new URL(target);
  const headers = new Headers({ [callbackHeader]: toHeaderText(name) });
  const cookies: string[] = [];
  const put = (place: Parameter['in'], key: string, value: string) => {
    if (place === 'query') url.searchParams.set(key, value);
    else if (place === 'header') headers.set(key, toHeaderText(value));
    else if (place === 'cookie') cookies.push(`${key}=${encodeURIComponent(value)}`);
  };
  for (const parameter of parameters)
    if (parameter.required && !url.searchParams.has(parameter.name))
      put(parameter.in, parameter.name, textOf(valueFor(parameter)));
  authorize(security, put);
  if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
  const mediaType = preferred(requestBody?.content ?? []);
  const examples = mediaType?.examples() ?? [];
  const example = examples.find(({ state }) => state.kind !== 'invalid') ?? examples[0];
  if (!mediaType || !example || method === 'GET' || method === 'HEAD') return { url, headers };
  headers.set('content-type', mediaType.mediaType.includes('*') ? 'application/json' : mediaType.mediaType);
  return { url, headers, body: example.bytes };
}

function preferred(content: readonly RequestMediaType[]): RequestMediaType | undefined {
  return content.find(({ mediaType }) => isJson(mediaType)) ?? content[0];
}

function valueFor(parameter: Parameter): unknown {
  const example = parameter.examples().find((value) => parameter.validator.check(value));
  return example ?? parameter.sample('documented', createChance(parameter.pointer));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A credential that any of our own operations would accept. */
const credential = 'standin';

/** Meets the first of the security requirements, which are alternatives. */
function authorize(
  [first]: readonly SecurityRequirement[],
  put: (place: Parameter['in'], key: string, value: string) => void,
): void {
  for (const { type, scheme, in: place = 'header', parameterName = '' } of first?.schemes ?? []) {
    if (type === 'mutualTLS') continue;
    if (type === 'apiKey') put(place, parameterName, credential);
    else if (type === 'http' && scheme === 'basic')
      put('header', 'authorization', `Basic ${Buffer.from(`${credential}:${credential}`).toString('base64')}`);
    else put('header', 'authorization', `${type === 'http' && scheme !== 'bearer' ? scheme : 'Bearer'} ${credential}`);
  }
}
