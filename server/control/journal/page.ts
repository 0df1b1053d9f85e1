import type { Violation } from '../../contract/index.js';
import type { ReplyReason } from '../../replies/index.js';
import type { RecordPage } from '../../state/index.js';
import { type Block, columnCount, columns } from './block.js';
import type { EntryDetails, Headers, JournalEntry, KeptBody, Outline, Subject } from './entry.js';
import { redactBody, redactHeaders, redactUrl } from './redact.js';

/** Of a longer body only the start is kept. */
export const bodyMaxBytes = 64 * 1024;

/** Between URL and header fields, and between names and values; none of them may have it. */
export const separator = '\n';

/** What of an exchange lives on anyway. */
export interface Kind {
  readonly subject: Subject;
  readonly session: string;
  readonly method: string;
  readonly status: number;
  readonly reason: ReplyReason;
  readonly problem: string | undefined;
  readonly example: string | undefined;
  readonly violations: readonly Violation[] | undefined;
  /** Whether the body was read by somebody else, so that it is JSON now, whatever it was. */
  readonly isRequestJson: boolean;
  /** Those that never change; others are in the block. */
  readonly responseHeaders: Headers | undefined;
  /** An example as it is; other bodies are in the block. */
  readonly responseBody: Buffer | undefined;
}

/** About what an entry takes besides its octets. */
const entrySize = 256;

/** Entries, each of a kind, from a block. They are made once: whoever reads a journal reads it again. */
export function createPage(
  kinds: readonly Kind[],
  block: Block,
  giveBack: (block: Block) => void = () => {},
): RecordPage {
  const [count, size] = [kinds.length, kinds.length * entrySize + block.octets.length];
  let entries: readonly JournalEntry[] | undefined;
  let packed: Block | undefined = block;
  const end = () => {
    if (packed) giveBack(packed);
    packed = undefined;
  };
  const read = () => {
    entries ??= kinds.map((kind, index) => {
      const row = rowOf(kind, block, index);
      return { ...outlineIn(row), details: detailsIn(row) };
    });
    end();
    return entries;
  };
  return {
    count,
    size,
    read,
    dropDetails: () => {
      entries = entries
        ? entries.map((entry) => ({ ...entry, details: undefined }))
        : kinds.map((kind, index) => outlineIn(rowOf(kind, block, index)));
      end();
    },
    drop: () => {
      entries = [];
      end();
    },
  };
}

type Column = keyof typeof columns;

/** What a block has of one entry. */
interface Row {
  readonly kind: Kind;
  readonly at: (column: Column) => number;
  readonly text: (start: Column, end: Column) => string;
}

function rowOf(kind: Kind, { octets, numbers }: Block, index: number): Row {
  const at = (column: Column) => numbers[index * columnCount + columns[column]] as number;
  return { kind, at, text: (start, end) => octets.toString('latin1', at(start), at(end)) };
}

function outlineIn({ kind, at, text }: Row): Outline {
  const { subject, session, method, status, reason, problem, example, violations } = kind;
  const { api, operation, secrets } = subject;
  const head = text('start', 'headEnd');
  const urlEnd = head.indexOf(separator);
  return {
    timeMs: at('timeMs'),
    durationMs: at('durationMs'),
    session,
    api,
    operation,
    method,
    url: redactUrl(urlEnd === -1 ? head : head.slice(0, urlEnd), secrets),
    status,
    reason,
    problem,
    example,
    violations,
  };
}

function detailsIn({ kind, at, text }: Row): EntryDetails {
  const { secrets } = kind.subject;
  const sent = headersIn(text('start', 'headEnd'));
  const answered = kind.responseHeaders ?? headersIn(text('requestBodyEnd', 'responseHeadersEnd'));
  const kept = (body: string, size: number, contentType: unknown): KeptBody | undefined =>
    size === -1
      ? undefined
      : { octets: redactBody(body, String(contentType ?? ''), secrets), size, isWhole: size <= bodyMaxBytes };
  const requestBody = kept(
    text('headEnd', 'requestBodyEnd'),
    at('requestBodySize'),
    kind.isRequestJson ? 'application/json' : sent['content-type'],
  );
  const responseBody = kept(
    kind.responseBody?.toString('latin1', 0, bodyMaxBytes) ?? text('responseHeadersEnd', 'responseBodyEnd'),
    at('responseBodySize'),
    answered['content-type'],
  );
  return {
    size: entrySize + (requestBody?.octets.length ?? 0) + (responseBody?.octets.length ?? 0),
    requestHeaders: redactHeaders(sent, secrets),
    responseHeaders: redactHeaders(answered, secrets),
    requestBody,
    responseBody,
  };
}

/** The names and values in a text, after whatever is before the first separator. */
function headersIn(text: string): Headers {
  const [, ...fields] = text.split(separator);
  const headers = new Map<string, string | string[]>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [name, value] = [fields[index] as string, fields[index + 1] as string];
    const known = headers.get(name);
    headers.set(name, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(headers);
}
