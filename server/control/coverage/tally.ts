import {
  type Contract,
  essenceOf,
  isInRange,
  lazyOf,
  type Operation,
  type RequestMediaType,
} from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { sentParameters } from './sent-parameters.js';

/** The names under which it is counted what of an operation the traffic met. */
interface CoverageNames {
  readonly operation: string;
  readonly request: (mediaType: string) => string;
  readonly parameter: (place: string, name: string) => string;
  readonly response: (status: string) => string;
  readonly content: (status: string, mediaType: string) => string;
  /** One that stands alone has no name. */
  readonly example: (status: string, mediaType: string, example: string | undefined) => string;
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
    example: (status, mediaType, example) =>
      name('example', status, mediaType, ...(example === undefined ? [] : [example])),
  };
}

/** Counts how often exchanges met what is documented. */
export interface CoverageCount {
  readonly add: (exchange: Exchange) => void;
  /** By the names it is counted under. */
  readonly counts: () => Record<string, number>;
}

export function createCoverageCount(): CoverageCount {
  const counters = new Map<Operation, Counter>();
  return {
    add: (exchange) => {
      const { contract, operation } = exchange;
      if (!contract || !operation) return;
      let counter = counters.get(operation);
      if (!counter) {
        counter = createCounter(coverageNames(operation)(contract));
        counters.set(operation, counter);
      }
      countExchange(counter, operation, exchange);
    },
    counts: () =>
      Object.fromEntries(
        Array.from(counters.values(), ({ counts }) => [...counts.values()])
          .flat()
          .map(entryOf),
      ),
  };
}

interface Count {
  readonly name: string;
  count: number;
}

const entryOf = ({ name, count }: Count): [string, number] => [name, count];

interface Counter {
  readonly names: CoverageNames;
  /** By what is documented: it is the same object again and again, and names take longer to make. */
  readonly counts: Map<object, Count>;
}

const createCounter = (names: CoverageNames): Counter => ({ names, counts: new Map() });

function count({ counts }: Counter, what: object, nameOf: () => string): void {
  const known = counts.get(what);
  if (known) known.count++;
  else counts.set(what, { name: nameOf(), count: 1 });
}

function countExchange(counter: Counter, operation: Operation, { headers, url, body, reply }: Exchange): void {
  const { names } = counter;
  count(counter, operation, () => names.operation);
  for (const parameter of sentParameters(operation, url, headers))
    count(counter, parameter, () => names.parameter(parameter.in, parameter.name));
  if (body && operation.requestBody) {
    const sent = sentMediaType(operation, headers['content-type']);
    if (sent) count(counter, sent, () => names.request(sent.mediaType));
  }
  const { response, mediaType, example } = reply;
  if (!response) return;
  count(counter, response, () => names.response(response.status));
  if (!mediaType) return;
  count(counter, mediaType, () => names.content(response.status, mediaType.mediaType));
  if (example?.origin === 'documented')
    count(counter, example, () => names.example(response.status, mediaType.mediaType, example.name));
}

/** The documented media type of what was sent: the same, else the range that it falls in. */
function sentMediaType({ requestBody }: Operation, contentType: string | undefined): RequestMediaType | undefined {
  if (!requestBody || contentType === undefined) return undefined;
  const { content } = requestBody;
  const exact = content.find(({ mediaType }) => mediaType === contentType);
  if (exact) return exact;
  const essence = essenceOf(contentType) ?? '';
  return (
    content.find(({ mediaType }) => mediaType === essence) ??
    content.find(({ mediaType }) => isInRange(essence, mediaType))
  );
}
