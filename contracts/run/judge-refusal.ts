import type { Operation } from '../../server/contract/index.js';
import { findResponse, type ProblemName } from '../../server/replies/index.js';
import type { Expectation } from '../case.js';
import type { Answer } from './answer.js';
import type { Finding } from './judge.js';

/** How a service may refuse what a document has no answer to; each in its own way, but not with a success. */
const refusals: Partial<Record<ProblemName, readonly number[]>> = {
  'credentials-missing': [401, 403, 404],
  'credentials-invalid': [401, 403, 404],
  'method-not-allowed': [405, 404, 501, 401, 403],
  'media-type-unsupported': [415, 400, 422],
  'request-invalid': [400, 422, 404, 409, 413, 414, 415],
  'request-malformed': [400, 422, 415],
  'limit-exceeded': [429],
  'path-not-found': [404, 410],
};

/**
 * Whether a real service refused what its document has no answer to. A service may answer as if nothing had been asked for in
 * `Accept` (RFC 9110 §12.5.1).
 */
export function judgeRefusal(operation: Operation, { problem, status }: Expectation, answer: Answer): Finding[] {
  if (problem === 'not-acceptable' && (answer.status === 406 || answer.status < 300)) return [];
  const allowed = (problem && refusals[problem]) ?? [status];
  if (allowed.includes(answer.status)) return [];
  const isDocumented = findResponse(operation, answer.status, { withDefault: false }) !== undefined;
  if (answer.status >= 400 && answer.status < 500 && isDocumented) return [];
  const how = answer.status < 300 ? 'it was accepted' : 'that is no refusal';
  return [{ kind: 'status', message: `expected ${allowed.join(' or ')}, found ${answer.status}: ${how}` }];
}
