import { type Contract, type Example, lazyOf, type Operation, type ResponseMediaType } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { parameterNamesIn } from './sent-parameters.js';

/** The names under which it is counted what of an operation the traffic met. */
export interface CoverageNames {
  readonly operation: string;
  readonly request: (mediaType: string) => string;
  readonly parameter: (place: string, name: string) => string;
  readonly response: (status: string) => string;
  readonly content: (status: string, mediaType: string) => string;
  /** Where an example has no name, there is but one, or its place tells it from others. */
  readonly example: (status: string, mediaType: string, example: string) => string;
}

export const coverageNames = lazyOf((operation: Operation): ((contract: Contract) => CoverageNames) => {
  let known: CoverageNames | undefined;
  return ({ name: api }) => {
    known ??= namesFor(api, operation.id);
    return known;
  };
});

function namesFor(api: string, id: string): CoverageNames {
  const made = new Map<string, string>();
  const name = (...parts: readonly string[]) => {
    const key = parts.join('\0');
    let text = made.get(key);
    if (text === undefined) {
      text = JSON.stringify([api, id, ...parts]);
      made.set(key, text);
    }
    return text;
  };
  return {
    operation: name(),
    request: (mediaType) => name('request', mediaType),
    parameter: (place, parameter) => name('parameter', place, parameter),
    response: (status) => name('response', status),
    content: (status, mediaType) => name('content', status, mediaType),
    example: (status, mediaType, example) => name('example', status, mediaType, example),
  };
}

/** How an example is known among those of its media type. */
export function exampleKey(mediaType: ResponseMediaType, example: Example): string {
  return example.name ?? String(mediaType.examples().findIndex(({ pointer }) => pointer === example.pointer));
}

/** How often exchanges met what is documented. */
export function coverageOf(exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { contract, operation, headers, url, body, reply } of exchanges) {
    if (!contract || !operation) continue;
    const names = coverageNames(operation)(contract);
    add(names.operation);
    for (const { in: place, name } of parameterNamesIn(operation, url, headers)) add(names.parameter(place, name));
    if (body && operation.requestBody) {
      const sent = headers['content-type'];
      const documented = sent === undefined ? undefined : requestType(operation, sent);
      if (documented !== undefined) add(names.request(documented));
    }
    const { response, mediaType, example } = reply;
    if (!response) continue;
    add(names.response(response.status));
    if (!mediaType) continue;
    add(names.content(response.status, mediaType.mediaType));
    if (example) add(names.example(response.status, mediaType.mediaType, exampleKey(mediaType, example)));
  }
  return counts;
}

/** The documented media type of what was sent: the same, else the range that it falls in. */
function requestType({ requestBody }: Operation, contentType: string): string | undefined {
  const [essence = ''] = contentType.toLowerCase().split(';');
  const types = requestBody?.content.map(({ mediaType }) => mediaType) ?? [];
  return (
    types.find((type) => type === essence.trim()) ??
    types.find((type) => type.endsWith('/*') && (type === '*/*' || essence.startsWith(type.slice(0, -1))))
  );
}
