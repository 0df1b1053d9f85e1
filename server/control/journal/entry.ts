import type { Contract, Violation } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import type { ReplyReason } from '../../replies/index.js';
import { redactUrl } from './redact.js';
import { type Secrets, secretsOf, secretsOfAll } from './secrets.js';

/** An exchange as the journal shows it: data that JSON can hold, without secrets. */
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

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The start of a body, an octet a character, and how many octets there were. */
export interface KeptBody {
  readonly octets: string;
  readonly size: number;
  readonly isWhole: boolean;
}

/** What can be told of an exchange in a line. */
export type Outline = Omit<JournalEntry, 'details'>;

export function outlineOf(exchange: Exchange, contracts: readonly Contract[]): Outline {
  const { reply } = exchange;
  const { api, operation, secrets } = subjectOf(exchange, contracts);
  return {
    timeMs: exchange.startMs,
    durationMs: exchange.durationMs,
    session: exchange.session,
    api,
    operation,
    method: exchange.method,
    url: redactUrl(exchange.url, secrets),
    status: reply.status,
    reason: reply.reason,
    problem: reply.problem,
    example: reply.example?.name,
    violations: reply.violations,
  };
}

/** What an exchange was about, by names: who keeps it keeps no contract. */
export interface Subject {
  readonly api: string | undefined;
  /** Id of the operation. */
  readonly operation: string | undefined;
  readonly secrets: Secrets;
}

const subjects = new WeakMap<object, Subject>();

export function subjectOf({ contract, operation }: Exchange, contracts: readonly Contract[]): Subject {
  const about = operation ?? contract ?? contracts;
  const known = subjects.get(about);
  if (known) return known;
  const secrets = contract && operation ? secretsOf(operation)(contract) : secretsOfAll(contracts);
  const subject = { api: contract?.name, operation: operation?.id, secrets };
  subjects.set(about, subject);
  return subject;
}
