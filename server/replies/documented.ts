import { type Example, lazyOf, type Operation, type Response, type ResponseMediaType } from '../contract/index.js';

/** A documented response, and the status it is given with (a range or `default` has none of its own). */
export interface Documented {
  readonly response: Response;
  readonly status: number;
}

/** The response documented for a status: exactly, as a range (`4XX`), or as `default`, in this order (OpenAPI 3.1.1 §4.8.16). */
export function findResponse(
  { responses }: Operation,
  status: number,
  { withDefault = true } = {},
): Documented | undefined {
  const wanted = [String(status), `${String(status)[0]}XX`, ...(withDefault ? ['default'] : [])];
  for (const key of wanted) {
    const response = responses.find((candidate) => candidate.status === key);
    if (response) return { response, status };
  }
  return undefined;
}

/** What a request that goes well is answered with: the lowest 2xx, `2XX` (200), `default` (200), else the lowest status there is. */
export const successResponse = lazyOf(findSuccess);

function findSuccess({ responses }: Operation): Documented | undefined {
  // An informational status is not the end of an answer (RFC 9110 §15.2).
  const final = responses.filter(({ status }) => !status.startsWith('1'));
  const exact = final.filter(({ status }) => /^\d+$/.test(status)).sort((a, b) => Number(a.status) - Number(b.status));
  const lowest = exact.find(({ status }) => status.startsWith('2'));
  if (lowest) return { response: lowest, status: Number(lowest.status) };
  const open = final.find(({ status }) => status === '2XX') ?? final.find(({ status }) => status === 'default');
  if (open) return { response: open, status: 200 };
  const [other] = exact;
  if (other) return { response: other, status: Number(other.status) };
  const [range] = final;
  return range && { response: range, status: statusOfRange(range.status) };
}

/** A status of a range; of the redirections one that says where to. */
export function statusOfRange(range: string): number {
  return range.startsWith('3') ? 302 : Number(range[0]) * 100;
}

/** The example served where none is asked for: the first that is not invalid. */
export function firstExample(mediaType: ResponseMediaType): Example {
  const examples = mediaType.examples();
  for (const example of examples) if (example.state.kind !== 'invalid') return example;
  return examples[0] as Example;
}

export function namedExample(mediaType: ResponseMediaType, name: string): Example | undefined {
  return mediaType.examples().find((example) => example.name === name);
}

/** The success response if it has the example; else the first that does. */
export function findByExample(operation: Operation, name: string): Documented | undefined {
  const success = successResponse(operation);
  const candidates = [...(success ? [success.response] : []), ...operation.responses];
  const response = candidates.find(({ content }) => content.some((mediaType) => namedExample(mediaType, name)));
  if (!response) return undefined;
  if (response === success?.response) return success;
  const status = /^\d+$/.test(response.status)
    ? Number(response.status)
    : response.status === 'default'
      ? 500
      : statusOfRange(response.status);
  return { response, status };
}
