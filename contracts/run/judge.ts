import { isDeepStrictEqual } from 'node:util';
import {
  type ContentType,
  type Contract,
  type Example,
  essenceOf,
  fitness,
  isInRange,
  lazyOf,
  type Operation,
  parseContentType,
  type Response,
  type ResponseMediaType,
} from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import { bodyAllowed, findResponse } from '../../server/replies/index.js';
import type { Expectation } from '../case.js';
import type { Answer } from './answer.js';
import { judgeEcho } from './judge-echo.js';
import { judgeEncoding } from './judge-encoding.js';
import { judgeMeaning } from './judge-meaning.js';
import { judgeMessage } from './judge-message.js';
import { judgeRefusal } from './judge-refusal.js';
import { judgeUnset } from './judge-unset.js';
import { tellsOfDeletion } from './tells-of-deletion.js';

/** One way in which an answer is not what was promised. */
export interface Finding {
  readonly kind: 'status' | 'media-type' | 'header' | 'schema' | 'value' | 'problem' | 'body' | 'leak' | 'workflow';
  /** Where in the body, as a JSON Pointer, or the name of the header. */
  readonly at?: string;
  readonly message: string;
}

interface Judging {
  /** A stand-in must answer with the documented values; a real service with the documented shape. */
  readonly values: boolean;
}

/** Everything that is wrong with an answer. */
export async function judge(
  contract: Contract,
  operationId: string,
  expect: Expectation,
  answer: Answer,
  { values }: Judging,
): Promise<Finding[]> {
  const operation = operationOf(contract, operationId);
  const isOther = answer.status !== expect.status;
  const isTold =
    expect.isGone === true && tellsOfDeletion(answer) && findResponse(operation, answer.status) !== undefined;
  const isOpen = !values && isOther && (isTold || (expect.otherwise?.includes(answer.status) ?? false));
  if (!values && expect.problem !== undefined && !isTold) return judgeUndocumented(contract, operation, expect, answer);
  if (isOther && !isOpen) {
    const isDocumented = findResponse(operation, answer.status) !== undefined;
    const message = `expected ${expect.status}, found ${answer.status}${isDocumented ? '' : ', which is not documented'}`;
    return [{ kind: 'status', message: `${message}${told(answer)}` }, ...judgeMessage(operation, undefined, answer)];
  }
  const key = isOpen ? findResponse(operation, answer.status)?.response.status : expect.response;
  const response = key === undefined ? undefined : operation.responses.find(({ status }) => status === key);
  const missing = expect.headers.filter(
    (name) => answer.headers[name] === undefined && (values || expect.response !== undefined),
  );
  const lost = missing
    .filter((name) => values || !madeUp.has(name))
    .map((name): Finding => ({ kind: 'header', at: name, message: `the header ${name} is missing` }));
  const ofMessage = judgeMessage(operation, response, answer).filter(
    ({ kind, at }) => !lost.some((one) => one.kind === kind && one.at?.toLowerCase() === at?.toLowerCase()),
  );
  // A document may show a trace, or a page, as its example.
  const isShown = values && expect.body?.kind === 'equal';
  const own = [...lost, ...ofMessage.filter(({ kind }) => !isShown || kind === 'header' || kind === 'body')];
  if (!response) return [...own, ...(values && operation.method !== 'HEAD' ? judgeProblem(expect, answer) : [])];
  // RFC 9110 §9.3.2: HEAD is answered with the headers alone.
  if (operation.method === 'HEAD') return [...own, ...judgeHeaders(response, answer)];
  return [...own, ...(await judgeResponse(contract, response, isOpen ? besides(expect) : expect, answer, values))];
}

const madeUp = new Set(['preference-applied']);

/** What is said of the one status is not said of another. */
const besides = ({ mediaType: _, body: __, unset: ___, echo: ____, ...expect }: Expectation): Expectation => expect;

const operationsOf = lazyOf(
  (contract: Contract) => new Map(contract.operations.map((operation) => [operation.id, operation])),
);

function operationOf(contract: Contract, id: string): Operation {
  const operation = operationsOf(contract).get(id);
  if (!operation) throw new Error(`the contract ${contract.name} has no operation ${id}`);
  return operation;
}

/** A service refuses as it likes what its document does not speak of; what it does speak of has its shape. */
async function judgeUndocumented(
  contract: Contract,
  operation: Operation,
  expect: Expectation,
  answer: Answer,
): Promise<Finding[]> {
  const refused = judgeRefusal(operation, expect, answer);
  const documented = findResponse(operation, answer.status, { withDefault: false })?.response;
  const ofMessage = judgeMessage(operation, documented, answer);
  if (expect.problem === 'method-not-allowed')
    return [...refused, ...ofMessage, ...judgeAllow(contract, operation, answer)];
  if (refused.length > 0 || !documented) return [...refused, ...ofMessage];
  return [...ofMessage, ...(await judgeResponse(contract, documented, besides(expect), answer, false))];
}

/** RFC 9110 §10.2.1: who refuses a method names those that there are, and what is documented is there. */
function judgeAllow({ operations }: Contract, { path }: Operation, { status, headers }: Answer): Finding[] {
  const allow = [headers.allow ?? []].flat().join(', ');
  if (status !== 405 || allow.trim() === '') return [];
  const named = new Set(allow.split(',').map((method) => method.trim().toUpperCase()));
  const lost = operations.find((other) => other.path === path && !named.has(other.method) && other.method !== 'HEAD');
  return lost
    ? [
        {
          kind: 'header',
          at: 'Allow',
          message: `the header Allow: ${allow} is without ${lost.method}, which is documented`,
        },
      ]
    : [];
}

async function judgeResponse(
  contract: Contract,
  response: Response,
  expect: Expectation,
  answer: Answer,
  values: boolean,
): Promise<Finding[]> {
  const findings = judgeHeaders(response, answer);
  const header = [answer.headers['content-type'] ?? []].flat()[0];
  if (response.content.length === 0) return findings;
  if (!bodyAllowed(answer.status)) return findings;
  const sent = header === undefined ? undefined : parseContentType(header);
  const mediaType = sent && documentedAs(response, sent);
  const wanted = expect.mediaType;
  const isBound = values || expect.isNegotiated;
  if (!sent || !mediaType || (wanted !== undefined && !isWanted(sent, wanted) && isBound)) {
    const documented =
      (isBound ? wanted : undefined) ?? response.content.map((candidate) => candidate.mediaType).join(' or ');
    return [
      ...findings,
      { kind: 'media-type', message: `expected ${documented}, found ${header ?? 'no Content-Type'}` },
    ];
  }
  return [...findings, ...(await judgeBody(contract, mediaType, sent, expect, answer, values))];
}

/** The body as its codec reads it; a string in the document's place of a text is the text itself. */
async function judgeBody(
  contract: Contract,
  mediaType: ResponseMediaType,
  sent: ContentType,
  { body, unset, echo }: Expectation,
  answer: Answer,
  values: boolean,
): Promise<Finding[]> {
  const encoded = judgeEncoding(mediaType, answer);
  if (encoded.length > 0) return encoded;
  const reading = await mediaType.codec.read(answer.body, sent);
  if (reading.kind === 'malformed') {
    return reading.violations.map(({ pointer, message }) => ({ kind: 'schema', at: pointer, message }));
  }
  if (reading.kind !== 'value')
    return values && body?.kind === 'equal' && !isEqualBytes(mediaType, body.value, answer) ? [notTheExample] : [];
  const violations = [...reading.violations, ...mediaType.validator.violations(reading.value, 'body')].map(
    ({ pointer, message }): Finding => ({
      kind: 'schema',
      at: pointer,
      message: `${pointer || 'the body'} ${message}`,
    }),
  );
  // A stand-in says where it could not show what it keeps.
  const isPending = answer.status === 202 && !values;
  const isShowing = echo && violations.length === 0 && answer.headers['standin-note'] === undefined && !isPending;
  const different = [
    ...(values ? judgeValue(mediaType, body, reading.value, answer) : []),
    ...(isShowing && body?.kind !== 'equal' ? judgeEcho(contract, mediaType, echo, reading.value) : []),
  ];
  // What the document itself shows is not held against those who show it.
  const isShown = (example: Example) =>
    example.origin === 'documented' && isDeepStrictEqual(example.value, reading.value);
  if ((values && body?.kind === 'equal' && different.length === 0) || mediaType.examples().some(isShown))
    return [...violations, ...different];
  const taken = unset ? judgeUnset(unset, reading.value) : [];
  return [...violations, ...judgeMeaning(contract, mediaType, reading.value), ...different, ...taken];
}

const notTheExample: Finding = { kind: 'value', message: 'the body is not the documented example' };

function isEqualBytes({ codec }: ResponseMediaType, value: unknown, { body }: Answer): boolean {
  return value === undefined || body.equals(codec.write(value));
}

/** The documented media type that an answer has: by its parameters too, where those tell it from others. */
function documentedAs({ content }: Response, sent: ContentType): ResponseMediaType | undefined {
  let best: { readonly mediaType: ResponseMediaType; readonly score: number } | undefined;
  for (const candidate of content) {
    const mediaType = candidate.as?.(sent.essence) ?? candidate;
    const documented = candidate.as ? undefined : parseContentType(candidate.contentType);
    const score = fitness(sent, documented ?? { essence: candidate.mediaType, parameters: {} });
    if (score !== undefined && (!best || score > best.score)) best = { mediaType, score };
  }
  return best?.mediaType;
}

function isWanted(sent: ContentType, wanted: string): boolean {
  const parsed = parseContentType(wanted);
  return parsed ? fitness(sent, parsed) !== undefined : isInRange(sent.essence, wanted);
}

function judgeHeaders({ headers }: Response, answer: Answer): Finding[] {
  return headers.flatMap(({ name, required, read, validator }): Finding[] => {
    const value = answer.headers[name.toLowerCase()];
    if (value === undefined)
      return required ? [{ kind: 'header', at: name, message: `the header ${name} is missing` }] : [];
    const text = [value].flat().join(', ');
    // Several cookies are several headers, and one may have commas (RFC 6265 §3).
    const isList = Array.isArray(value) && validator.check(value);
    const [violation] = isList ? [] : validator.violations(read(text), 'header');
    return violation ? [{ kind: 'header', at: name, message: `the header ${name}: ${text} ${violation.message}` }] : [];
  });
}

/** Text in some notation says a value in many ways: where the value is not the one, the octets may still be. */
function judgeValue(
  mediaType: ResponseMediaType,
  body: Expectation['body'],
  found: unknown,
  answer: Answer,
): Finding[] {
  if (!body || !('value' in body) || body.value === undefined) return [];
  if (typeof body.value === 'string' && typeof found !== 'string')
    return isEqualBytes(mediaType, body.value, answer) ? [] : [notTheExample];
  const different = differences(body.value, found, '', body.kind === 'equal');
  return different.length > 0 && isEqualBytes(mediaType, body.value, answer) ? [] : different;
}

/** Where the found value is not the expected one; members beyond those expected count only where they must be equal. */
function differences(expected: unknown, found: unknown, at: string, exact: boolean): Finding[] {
  if (isObject(expected) && isObject(found)) {
    const names = new Set([...Object.keys(expected), ...(exact ? Object.keys(found) : [])]);
    return [...names].flatMap((name) => {
      const place = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!Object.hasOwn(expected, name))
        return [{ kind: 'value', at: place, message: `${place} is not in the documented example` }];
      return differences(expected[name], found[name], place, exact);
    });
  }
  if (isDeepStrictEqual(expected, found)) return [];
  return [{ kind: 'value', at, message: `${at || 'the body'}: expected ${short(expected)}, found ${short(found)}` }];
}

/** RFC 9457, as standin writes it. */
function judgeProblem({ problem, status }: Expectation, answer: Answer): Finding[] {
  const type = [answer.headers['content-type'] ?? ''].flat()[0] ?? '';
  const read = parse(answer.body);
  if (essenceOf(type) !== 'application/problem+json' || !read || !isObject(read.value))
    return [{ kind: 'problem', message: `expected application/problem+json, found ${type || 'no Content-Type'}` }];
  const wanted = { type: `urn:standin:problem:${problem}`, status };
  return differences(wanted, read.value, '', false).map((finding) => ({ ...finding, kind: 'problem' }));
}

function parse(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}

const short = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

function told({ body }: Answer): string {
  const text = body.toString('utf8').replace(/\s+/g, ' ').trim();
  return text === '' ? '' : ` (${text.length > 300 ? `${text.slice(0, 297)}...` : text})`;
}
