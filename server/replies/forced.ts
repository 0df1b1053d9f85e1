import {
  type Contract,
  type Criterion,
  lazyOf,
  type Operation,
  parseCriterion,
  type ResponseMediaType,
  type Violation,
} from '../contract/index.js';
import type { Forced, MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { ApiRequest } from './api-request.js';
import { bodyAllowed, type Composition, composeValue, composeVerbatim, transportHeaders } from './compose.js';
import type { DecisionContext } from './decide.js';
import { decodeParameters } from './decode-parameters.js';
import {
  type Documented,
  findByExample,
  findResponse,
  firstExample,
  namedExample,
  successResponse,
} from './documented.js';
import { holds } from './evaluate.js';
import { negotiate } from './negotiate.js';
import { toHeaderText } from './preferences.js';
import { readBody } from './read-body.js';
import { type Reply, withHeaders } from './reply.js';

/** A reply that somebody asked for in advance: of what it leaves open, the documented one. With a delay alone, the usual one. */
export interface ForcedReply {
  /** Arazzo criterion objects, all of which must hold of the request. */
  readonly criteria?: readonly unknown[];
  readonly status?: number;
  /** Name of a documented example. */
  readonly example?: string;
  readonly mediaType?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly delay?: number;
}

/** What the forced replies of an operation are kept under. */
export function forcedKey(contract: Contract, operation: Operation): string {
  return keys(operation)(contract);
}

const keys = lazyOf((operation: Operation) => {
  let key: string | undefined;
  return ({ name }: Contract) => {
    key ??= `${name} ${operation.id}`;
    return key;
  };
});

/** The next forced reply whose criteria the request meets, used once more; `undefined` where there is none. */
export function takeForced(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  candidates: readonly Forced[],
): MaybePromise<ForcedReply | undefined> {
  return andThen(readBody(operation.requestBody, request), (body) => {
    const { violations: _, ...parameters } = decodeParameters(operation, request);
    const value = body.kind === 'read' ? body.value : undefined;
    const decoded = { method: request.method, url: request.url, ...parameters, body: value };
    const scope = { request: decoded, chance: context.chance };
    const meets = (reply: ForcedReply) => criteriaOf(reply).every((criterion) => holds(criterion, scope));
    return takeFirst(
      context,
      candidates.filter(({ reply }) => meets(reply as ForcedReply)),
    );
  });
}

/** Another request may have been faster. */
function takeFirst(
  context: DecisionContext,
  [first, ...others]: readonly Forced[],
): MaybePromise<ForcedReply | undefined> {
  if (!first) return undefined;
  return andThen(context.store.useForced(first.id), (isUsed) =>
    isUsed ? (first.reply as ForcedReply) : takeFirst(context, others),
  );
}

const criteriaOf = lazyOf(({ criteria = [] }: ForcedReply): readonly Criterion[] => criteria.map(parseCriterion));

/** The reply; `undefined` where the usual one is to be given. */
export function composeForced(operation: Operation, forced: ForcedReply, request: ApiRequest): Reply | undefined {
  const documented = documentedFor(operation, forced);
  if (!documented) return undefined;
  const mediaType = mediaTypeFor(documented, forced, request);
  const { body, example: name, headers } = forced;
  const example = mediaType && (name === undefined ? firstExample(mediaType) : namedExample(mediaType, name));
  const composition: Composition = {
    documented,
    reason: 'forced',
    ...(mediaType && { mediaType }),
    ...(example && { example }),
  };
  const reply =
    mediaType && body !== undefined && bodyAllowed(documented.status)
      ? composeValue(operation, { ...composition, mediaType }, body)
      : composeVerbatim(operation, composition);
  return headers ? withHeaders(reply, headersFrom(headers)) : reply;
}

function documentedFor(operation: Operation, { status, example, body, headers }: ForcedReply): Documented | undefined {
  if (status !== undefined) return findResponse(operation, status);
  if (example !== undefined) return findByExample(operation, example);
  return body === undefined && headers === undefined ? undefined : successResponse(operation);
}

/** The one that is named, else one that can say what is asked for, as the client likes it. */
function mediaTypeFor(
  { response }: Documented,
  { mediaType: wanted, example, body }: ForcedReply,
  request: Pick<ApiRequest, 'headers'>,
): ResponseMediaType | undefined {
  const fitting = response.content.filter(
    (candidate) =>
      (wanted === undefined || candidate.mediaType === wanted || candidate.contentType === wanted) &&
      (example === undefined || namedExample(candidate, example)) &&
      (body === undefined || candidate.validator.check(candidate.sentPart(body))),
  );
  return negotiate({ content: fitting }, request as ApiRequest) ?? fitting[0];
}

const headersFrom = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), toHeaderText(value)]));

/** What of a forced reply its operation does not document; such a one is never given. */
export function checkForced(operation: Operation, forced: ForcedReply): Violation[] {
  const { status, example, mediaType, body, criteria = [] } = forced;
  const found = criteria.flatMap((criterion, index) => {
    const wrong = faultOf(criterion);
    return wrong === undefined ? [] : [violation(`/criteria/${index}`, 'criterion', wrong)];
  });
  const speaks = status !== undefined || example !== undefined || body !== undefined || forced.headers !== undefined;
  if (!speaks) {
    if (mediaType !== undefined)
      found.push(violation('/mediaType', 'dependentRequired', 'needs a status, an example or a body'));
    if (forced.delay === undefined)
      found.push(violation('', 'anyOf', 'must have a status, an example, a body, headers or a delay'));
    return found;
  }
  const documented = documentedFor(operation, forced);
  if (!documented || documented.status < 200) {
    const codes = operation.responses.map((response) => response.status).join(', ');
    found.push(
      status === undefined
        ? violation('/example', 'enum', `is the name of no example of ${operation.id}; ${examplesOf(operation)}`)
        : violation('/status', 'enum', `is not documented for ${operation.id}; documented are ${codes || 'none'}`),
    );
    return found;
  }
  return [...found, ...contentFaults(documented, forced), ...headerFaults(documented, forced)];
}

function contentFaults(documented: Documented, { example, mediaType, body }: ForcedReply): Violation[] {
  const { content, status } = documented.response;
  const fitting = content.filter(
    (candidate) => mediaType === undefined || candidate.mediaType === mediaType || candidate.contentType === mediaType,
  );
  const types = content.map((candidate) => candidate.contentType).join(', ') || 'none';
  if (mediaType !== undefined && fitting.length === 0)
    return [violation('/mediaType', 'enum', `is not documented for ${status}; documented are ${types}`)];
  const names = [...new Set(fitting.flatMap((candidate) => candidate.examples().flatMap(({ name }) => name ?? [])))];
  if (example !== undefined && !names.includes(example))
    return [
      violation('/example', 'enum', `is the name of no example of ${status}; there are ${names.join(', ') || 'none'}`),
    ];
  if (body === undefined) return [];
  const [first] = fitting;
  if (!first || !bodyAllowed(documented.status))
    return [violation('/body', 'enum', `must be left out: ${documented.status} is documented without content`)];
  if (fitting.some((candidate) => candidate.validator.check(candidate.sentPart(body)))) return [];
  return first.validator
    .violations(first.sentPart(body), 'body')
    .map((one) => ({ ...one, pointer: `/body${one.pointer}` }));
}

function headerFaults({ response }: Documented, { headers = {} }: ForcedReply): Violation[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const at = `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (transportHeaders.has(name.toLowerCase())) return [violation(at, 'not', 'is set by HTTP itself')];
    const documented = response.headers.find((header) => header.name.toLowerCase() === name.toLowerCase());
    if (!documented) return [];
    const { validator, read } = documented;
    const meant = read(value);
    if (validator.check(meant)) return [];
    return validator.violations(meant, 'header').map((one) => ({ ...one, location: 'body', pointer: at }));
  });
}

function examplesOf({ responses }: Operation): string {
  const names = responses.flatMap(({ status, content }) =>
    content.flatMap((mediaType) => mediaType.examples().flatMap(({ name }) => (name ? [`${status} ${name}`] : []))),
  );
  return names.length === 0 ? 'there are none with a name' : `there are ${[...new Set(names)].join(', ')}`;
}

function faultOf(criterion: unknown): string | undefined {
  try {
    parseCriterion(criterion);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const violation = (pointer: string, keyword: string, message: string): Violation => ({
  location: 'body',
  pointer,
  keyword,
  message,
});
