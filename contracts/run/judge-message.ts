import { isDeepStrictEqual } from 'node:util';
import type { Operation, Response } from '../../server/contract/index.js';
import { essenceOf, isJson } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import { bodyAllowed } from '../../server/replies/index.js';
import { type Answer, jsonIn } from './answer.js';
import type { Finding } from './judge.js';

/** What HTTP itself asks of an answer, whatever its document says. */
export function judgeMessage(operation: Operation, response: Response | undefined, answer: Answer): Finding[] {
  return [
    ...withoutBody(answer),
    ...excess(operation, answer),
    ...required(operation, response, answer),
    ...(answer.status >= 400 ? [...told(operation, response, answer), ...problemStatus(operation, answer)] : []),
  ];
}

/** RFC 9110 §6.4.1, §8.6 and RFC 9112 §6.1: what has no body must not announce one. */
function withoutBody({ status, headers, body }: Answer): Finding[] {
  if (bodyAllowed(status)) return [];
  const isAnnounced = Number(headers['content-length'] ?? 0) > 0 && status !== 304;
  if (body.length === 0 && !isAnnounced && headers['transfer-encoding'] === undefined) return [];
  return [{ kind: 'body', message: `an answer with ${status} has no body, and this one has` }];
}

/** RFC 9112 §6.3: an answer to HEAD, a 204 and a 304 end with their heads, whatever these say of a length. */
function excess({ method }: Operation, { status, excess: octets = 0 }: Answer): Finding[] {
  return octets > 0
    ? [
        {
          kind: 'body',
          message: `an answer ${method === 'HEAD' ? 'to HEAD' : `with ${status}`} ends with its head, and this one has ${octets} octets more`,
        },
      ]
    : [];
}

/** RFC 9110 §15.5.6 and §11.6.1. Many services have no challenge for their own schemes: one is due where the document says so. */
function required(operation: Operation, response: Response | undefined, { status, headers }: Answer): Finding[] {
  const missing = (name: string, why: string): Finding[] =>
    headers[name.toLowerCase()] === undefined
      ? [{ kind: 'header', at: name, message: `the header ${name} is missing, which ${why}` }]
      : [];
  const isDocumented = (name: string) =>
    response?.headers.some((header) => header.name.toLowerCase() === name.toLowerCase()) ?? false;
  if (status === 405) return missing('Allow', 'a 405 must have (RFC 9110 §15.5.6)');
  if (status === 401 && (isDocumented('WWW-Authenticate') || isChallenged(operation)))
    return missing('WWW-Authenticate', 'a 401 must have (RFC 9110 §11.6.1)');
  return [];
}

/** The schemes that HTTP knows by a name all have a challenge; nobody has one for a key in a query. */
function isChallenged({ security }: Operation): boolean {
  return security.length > 0 && security.every(({ schemes }) => schemes.some(({ type }) => type === 'http'));
}

/** RFC 9457 §3.1.2: the status that a problem tells is that of its answer. */
function problemStatus({ responses }: Operation, { status, headers, body }: Answer): Finding[] {
  if (essenceOf(String(headers['content-type'] ?? '')) !== 'application/problem+json') return [];
  const said = jsonIn({ body });
  if (!isObject(said) || typeof said.status !== 'number' || said.status === status) return [];
  // What the document itself shows is not held against those who show it.
  const shown = responses.flatMap(({ content }) => content.flatMap((mediaType) => mediaType.examples()));
  if (shown.some(({ value }) => isDeepStrictEqual(value, said))) return [];
  return [
    { kind: 'value', at: '/status', message: `/status is ${said.status}, and the status of the answer ${status}` },
  ];
}

const traces = [
  /^\s*at [^\n]*[/\\(][^\n]*:\d+:\d+\)?/m,
  /Traceback \(most recent call last\)/,
  /^\s*at [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/m,
  /goroutine \d+ \[/,
  /^#\d+ .+\.php\(\d+\)/m,
  /\.rb:\d+:in [`']/,
  /^\s*at .+ in .+\.cs:line \d+/m,
  /panicked at .+\.rs:\d+/,
  /\b(?:ENOENT|EACCES|ECONNREFUSED)\b: ?[^\n]+/,
  /\b(?:SQLSTATE\[|ORA-\d{5}\b|syntax error at or near)/,
];

/** An error that tells more than its client may know, or tells it as a page where a program listens. */
function told({ responses }: Operation, response: Response | undefined, { headers, body }: Answer): Finding[] {
  if (body.length === 0 || body.length > 1_000_000) return [];
  // In JSON, lines end in an escape, and each may be a text of its own.
  const text = body.toString('utf8').replace(/\\[rn]|["']/g, '\n');
  const trace = traces.find((pattern) => pattern.test(text));
  const found: Finding[] = trace
    ? [{ kind: 'leak', message: `the body shows what goes on inside: ${short(trace.exec(text)?.[0] ?? '')}` }]
    : [];
  const offered = (response && response.content.length > 0 ? [response] : responses).flatMap(({ content }) => content);
  const isPage =
    /^\s*<(?:!doctype html|html)\b/i.test(text) || essenceOf(String(headers['content-type'] ?? '')) === 'text/html';
  if (isPage && offered.length > 0 && offered.every(({ mediaType }) => isJson(mediaType)))
    return [...found, { kind: 'media-type', message: 'the body is an HTML page, and JSON is promised' }];
  return found;
}

const short = (text: string) => (text.trim().length > 120 ? `${text.trim().slice(0, 117)}...` : text.trim());
