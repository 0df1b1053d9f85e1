import type { Contract, Operation, Response, ResponseMediaType } from '../../server/contract/index.js';
import { type BodyPlace, bodyPlaces } from './body-place.js';
import { goodCredential } from './provider.js';
import type { ServiceAnswer, ServiceRequest } from './service.js';

/** What faults need to know of the API that they are planted in. */
export interface Api {
  readonly contract: Contract;
  readonly operations: readonly Operation[];
  /** The values that its 2xx answers may have in JSON, operation by operation. */
  readonly places: readonly BodyPlace[];
  /** The same of its errors. */
  readonly errorPlaces: readonly BodyPlace[];
  readonly operationOf: (request: Pick<ServiceRequest, 'method' | 'url'>) => Operation | undefined;
}

export function createApi(contract: Contract): Api {
  const { operations } = contract;
  const patterns = operations
    .map((operation) => ({ operation, pattern: patternOf(operation.path) }))
    .sort((one, other) => one.operation.path.split('{').length - other.operation.path.split('{').length);
  const all = bodyPlaces(contract);
  return {
    contract,
    operations,
    places: all.filter(({ response }) => response.status.startsWith('2')),
    errorPlaces: all.filter(({ response }) => /^[45]/.test(response.status)),
    operationOf: ({ method, url }) => {
      const [path = ''] = url.split('?');
      return patterns.find(({ operation, pattern }) => operation.method === method && pattern.test(path))?.operation;
    },
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

export function responseOf({ responses }: Operation, status: number): Response | undefined {
  return responses.find((response) => response.status === String(status));
}

export function successOf({ responses }: Operation): Response | undefined {
  return responses.find(({ status }) => status.startsWith('2'));
}

/** A documented answer, by the book. */
export function documentedAnswer(response: Response, mediaType?: ResponseMediaType): ServiceAnswer {
  const content = mediaType ?? response.content[0];
  const example = content?.examples()[0];
  const headers = response.headers.flatMap(({ name, value }) => {
    const made = value();
    return made === undefined ? [] : [[name.toLowerCase(), made] as const];
  });
  return {
    status: Number(response.status),
    headers: { ...Object.fromEntries(headers), ...(content && { 'content-type': content.contentType }) },
    body: content && example ? content.codec.write(example.value) : Buffer.alloc(0),
  };
}

/** The same request with credentials that are good. */
export function authorized(request: ServiceRequest, { security }: Operation): ServiceRequest {
  const { authorization: _, 'x-api-key': _key, ...rest } = request.headers;
  const headers: Record<string, string | undefined> = rest;
  let { url } = request;
  for (const scheme of security[0]?.schemes ?? []) {
    if (scheme.type === 'apiKey' && scheme.in === 'header')
      headers[(scheme.parameterName ?? '').toLowerCase()] = goodCredential;
    else if (scheme.type === 'apiKey') {
      const [path = '', query = ''] = url.split(/\?(.*)/s);
      const others = query.split('&').filter((pair) => pair !== '' && !pair.startsWith(`${scheme.parameterName}=`));
      url = `${path}?${[...others, `${scheme.parameterName}=${goodCredential}`].join('&')}`;
    } else if (scheme.type === 'http' && scheme.scheme === 'basic')
      headers.authorization = `Basic ${Buffer.from(`${goodCredential}:${goodCredential}`).toString('base64')}`;
    else headers.authorization = `Bearer ${goodCredential}`;
  }
  return { ...request, headers, url };
}

/** Whether a request carries anything that looks like a credential of the operation. */
export function hasCredential({ headers, url }: ServiceRequest, { security }: Operation): boolean {
  return security.some(({ schemes }) =>
    schemes.some(({ type, in: place, parameterName = '' }) =>
      type !== 'apiKey'
        ? headers.authorization !== undefined
        : place === 'query'
          ? new RegExp(`[?&]${parameterName}=`).test(url)
          : headers[parameterName.toLowerCase()] !== undefined,
    ),
  );
}
