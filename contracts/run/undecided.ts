import type { Contract } from '../../server/contract/index.js';
import { findResponse } from '../../server/replies/index.js';
import type { CaseRequest, ContractCase } from '../case.js';
import { variableOf } from '../derive/by-credentials.js';
import type { Answer } from './answer.js';
import type { Exchange } from './fill-blanks.js';
import type { Finding } from './judge.js';
import { isSafeMethod } from './safe-method.js';
import { takenFrom } from './with-taken.js';

/** Each step before the last prepares what the case is about, and no request makes a server fail. */
export function failure(exchange: Exchange): Finding | undefined {
  const { request, answer } = exchange;
  const isUnknown = request.method === 'OPTIONS' && answer.status === 501;
  return answer.status < 500 || isUnknown ? undefined : { kind: 'status', message: told(exchange) };
}

/** RFC 9110 §15.3.3: a 202 promises nothing, and no time. */
export function whyUndone(asked: readonly CaseRequest[], answers: readonly Answer[]): string | undefined {
  const index = answers
    .slice(0, -1)
    .findIndex(({ status }, at) => status === 202 && !isSafeMethod(asked[at]?.method ?? ''));
  const request = asked[index];
  return request && `${request.method} ${request.path} was accepted (202), and need not be done yet`;
}

/** What HEAD is compared with need not be a success, where the document says so. */
export function isDocumentedGet(
  { operations }: Contract,
  { operation: name, expect }: ContractCase,
  { answer: { status } }: Exchange,
): boolean {
  const operation = expect.asGet && operations.find(({ id }) => id === name);
  return operation !== undefined && findResponse(operation, status, { withDefault: false }) !== undefined;
}

export const told = ({ request: { method, path }, answer: { status } }: Exchange) =>
  `${method} ${path}, on the way there, was answered with ${status}`;

/** The step that should have made what the path names, and did not. */
export function lostFor({ taken = [] }: CaseRequest, answers: readonly Answer[]): number | undefined {
  return taken.find((one) => {
    const answer = answers[one.step];
    return answer && answer.status >= 400 && takenFrom(one, answer) === undefined;
  })?.step;
}

/** An answer that says nothing of the case: what it asked about is not there, or the service does not know who asks. */
export function whyUndecided(
  { expect, isGuess, needsCredentials = [], kind }: ContractCase,
  { status }: Answer,
): string | undefined {
  if (status === expect.status || expect.otherwise?.includes(status)) return undefined;
  if (isGuess && (status === 404 || status === 410) && kind !== 'auth')
    return `the path names something that is not there (${status})`;
  if (needsCredentials.length > 0 && (status === 401 || status === 403) && kind !== 'auth')
    return `no credential is known: set ${needsCredentials.map(variableOf).join(', ')}`;
  return undefined;
}
