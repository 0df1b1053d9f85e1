import type { Contract, Violation } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import type { ReplyReason, RequestContent } from '../../replies/index.js';
import { redactBody, redactHeaders, redactUrl } from './redact.js';
import { type Secrets, secretsOf, secretsOfAll } from './secrets.js';

/** An exchange as the journal keeps it: data that JSON can hold, without secrets. */
export interface JournalEntry {
  /** When it came, in milliseconds since 1970, and how long the reply took to make. */
  readonly timeMs: number;
  readonly durationMs: number;
  readonly session: string;
  readonly api?: string | undefined;
  /** Id of the operation. */
  readonly operation?: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly reason: ReplyReason;
  /** What was wrong, as the type of the problem that says so where the document has no reply for it. */
  readonly problem?: string | undefined;
  /** Name of the documented example that the reply is, or was made from. */
  readonly example?: string | undefined;
  readonly violations?: readonly Violation[] | undefined;
  /** May be gone where the journal has grown long. */
  readonly details?: EntryDetails | undefined;
}

export interface EntryDetails {
  readonly size: number;
  readonly requestHeaders: Headers;
  readonly responseHeaders: Headers;
  readonly requestBody?: KeptBody | undefined;
  readonly responseBody?: KeptBody | undefined;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The start of a body, an octet a character, and how many octets there were. */
export interface KeptBody {
  readonly octets: string;
  readonly size: number;
  readonly isWhole: boolean;
}

/** Of a longer body only the start is kept. */
export const bodyMaxBytes = 64 * 1024;

/** About what headers and the rest take. */
const entrySize = 1024;

/** What can be told of an exchange in a line. */
export type Outline = Omit<JournalEntry, 'details'>;

export function outlineOf(exchange: Exchange, contracts: readonly Contract[]): Outline {
  return outline(exchange, secretsFor(exchange, contracts));
}

export function entryOf(exchange: Exchange, contracts: readonly Contract[]): JournalEntry {
  const { reply, headers } = exchange;
  const secrets = secretsFor(exchange, contracts);
  const requestBody = keepContent(exchange.body, String(headers['content-type'] ?? ''), secrets);
  const responseBody = reply.body && keepReply(reply.body, exchange, secrets);
  return {
    ...outline(exchange, secrets),
    details: {
      size: entrySize + (requestBody?.octets.length ?? 0) + (responseBody?.octets.length ?? 0),
      requestHeaders: redactHeaders(headers, secrets),
      responseHeaders: redactHeaders(reply.headers, secrets),
      requestBody,
      responseBody,
    },
  };
}

function secretsFor({ contract, operation }: Exchange, contracts: readonly Contract[]): Secrets {
  return contract && operation ? secretsOf(operation)(contract) : secretsOfAll(contracts);
}

function outline(exchange: Exchange, secrets: Secrets): Outline {
  const { contract, operation, reply } = exchange;
  return {
    timeMs: exchange.startMs,
    durationMs: exchange.durationMs,
    session: exchange.session,
    api: contract?.name,
    operation: operation?.id,
    method: exchange.method,
    url: redactUrl(exchange.url, secrets),
    status: reply.status,
    reason: reply.reason,
    problem: reply.problem,
    example: reply.example?.name,
    violations: reply.violations,
  };
}

function keepContent(content: RequestContent | undefined, contentType: string, secrets: Secrets): KeptBody | undefined {
  if (content?.kind === 'bytes' && content.bytes.length > 0) return keep(content.bytes, contentType, secrets);
  if (content?.kind === 'parsed' && content.value !== undefined)
    return keep(Buffer.from(JSON.stringify(content.value)), 'application/json', secrets);
  return undefined;
}

/** Replies that are an example, as it is, are the same again and again. */
const verbatim = new WeakMap<Buffer, KeptBody>();

function keepReply(body: Buffer, { reply }: Exchange, secrets: Secrets): KeptBody {
  const known = verbatim.get(body);
  if (known) return known;
  const kept = keep(body, String(reply.headers['content-type'] ?? ''), secrets);
  if (reply.example?.bytes === body) verbatim.set(body, kept);
  return kept;
}

function keep(bytes: Buffer, contentType: string, secrets: Secrets): KeptBody {
  const octets = bytes.toString('latin1', 0, bodyMaxBytes);
  return {
    octets: redactBody(octets, contentType, secrets),
    size: bytes.length,
    isWhole: bytes.length <= bodyMaxBytes,
  };
}
