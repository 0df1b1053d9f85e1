import type { Violation } from '../contract/index.js';
import type { Reply } from './reply.js';

/** Each problem that standin answers with; `type` is `urn:standin:problem:` and the name. See docs/problems.md. */
export const problems = {
  'path-not-found': { status: 404, title: 'No documented path fits' },
  'method-not-allowed': { status: 405, title: 'The path is documented, the method is not' },
  'request-malformed': { status: 400, title: 'The request can not be read' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'request-invalid': { status: 422, title: 'The request violates its documentation' },
  'content-too-large': { status: 413, title: 'The body is over the limit' },
  'media-type-unsupported': { status: 415, title: 'The content type is not documented' },
  'not-acceptable': { status: 406, title: 'No documented media type is acceptable' },
  'credentials-missing': { status: 401, title: 'Credentials are required' },
  'credentials-invalid': { status: 401, title: 'The credentials are not valid' },
  'credentials-forbidden': { status: 403, title: 'The credentials do not suffice' },
  'limit-exceeded': { status: 429, title: 'Too many requests' },
  'preference-malformed': { status: 400, title: 'The preference can not be read' },
  'preference-impossible': { status: 404, title: 'No documented reply fits the preference' },
  'session-malformed': { status: 400, title: 'The name of the session can not be read' },
  'control-off': { status: 404, title: 'standin may not be steered' },
  'control-missing': { status: 404, title: 'standin has no such thing' },
  'forced-impossible': { status: 422, title: 'The document has no such reply' },
  'journal-off': { status: 409, title: 'No journal is kept' },
  'nothing-arrived': { status: 404, title: 'No such request came in time' },
  'origin-refused': { status: 403, title: 'Pages of other origins may not steer standin' },
  'store-unreachable': { status: 503, title: 'What is remembered can not be reached' },
  'webhook-unknown': { status: 404, title: 'No document has the webhook' },
  'webhook-nowhere': { status: 409, title: 'The webhook has no URL to go to' },
  'no-reply': { status: 501, title: 'The document has no reply to give' },
  'internal-error': { status: 500, title: 'standin failed' },
} as const;

export type ProblemName = keyof typeof problems;

/** What was sent may be quoted in it, and may be long. */
const detailMax = 4000;

export interface ProblemDetails {
  /** What was wrong this time, and the way out. */
  readonly detail: string;
  readonly violations?: readonly Violation[];
  /** Further members (RFC 9457 §3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Reply['headers'];
  readonly status?: number;
}

/** An `application/problem+json` (RFC 9457): what standin says where no documented reply fits. */
export function problem(
  name: ProblemName,
  { detail, violations = [], extensions = {}, headers = {}, status }: ProblemDetails,
): Reply {
  const { status: usual, title } = problems[name];
  const body = {
    type: `urn:standin:problem:${name}`,
    title,
    status: status ?? usual,
    detail: detail.length > detailMax ? `${detail.slice(0, detailMax)}…` : detail,
    violations,
    ...extensions,
  };
  return {
    status: body.status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: Buffer.from(JSON.stringify(body)),
    reason: 'problem',
    problem: name,
    ...(violations.length > 0 && { violations }),
  };
}
