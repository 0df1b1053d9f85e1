import type { Violation } from '../../contract/index.js';
import type { ReplyReason } from '../../replies/index.js';
import type { RecordPage } from '../../state/index.js';
import { type Block, columnCount, columns } from './block.js';
import type { EntryDetails, Headers, JournalEntry, KeptBody, Subject } from './entry.js';
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
    entries ??= kinds.map((kind, index) => toEntry(kind, block, index * columnCount));
    end();
    return entries;
  };
  return {
    count,
    size,
    read,
    dropDetails: () => {
      entries = read().map((entry) => ({ ...entry, details: undefined }));
    },
    drop: () => {
      entries = [];
      end();
    },
  };
}

function toEntry(kind: Kind, { octets, numbers }: Block, row: number): JournalEntry {
  const { subject, session, method, status, reason, problem, example, violations } = kind;
  const { api, operation, secrets } = subject;
  const of = (column: keyof typeof columns) => numbers[row + columns[column]] as number;
  const text = (start: keyof typeof columns, end: keyof typeof columns) =>
    octets.toString('latin1', of(start), of(end));
  const [url = '', ...fields] = text('start', 'headEnd').split(separator);
  const message = (
    headers: Headers,
    body: string,
    size: number,
    contentType = String(headers['content-type'] ?? ''),
  ) => ({
    headers: redactHeaders(headers, secrets),
    body:
      size === -1 ? undefined : { octets: redactBody(body, contentType, secrets), size, isWhole: size <= bodyMaxBytes },
  });
  return {
    timeMs: of('timeMs'),
    durationMs: of('durationMs'),
    session,
    api,
    operation,
    method,
    url: redactUrl(url, secrets),
    status,
    reason,
    problem,
    example,
    violations,
    details: detailsOf(
      message(
        headersOf(fields),
        text('headEnd', 'requestBodyEnd'),
        of('requestBodySize'),
        kind.isRequestJson ? 'application/json' : undefined,
      ),
      message(
        kind.responseHeaders ?? headersOf(text('requestBodyEnd', 'responseHeadersEnd').split(separator).slice(1)),
        kind.responseBody?.toString('latin1', 0, bodyMaxBytes) ?? text('responseHeadersEnd', 'responseBodyEnd'),
        of('responseBodySize'),
      ),
    ),
  };
}

interface Message {
  readonly headers: Headers;
  readonly body: KeptBody | undefined;
}

const detailsOf = (request: Message, response: Message): EntryDetails => ({
  size: entrySize + (request.body?.octets.length ?? 0) + (response.body?.octets.length ?? 0),
  requestHeaders: request.headers,
  responseHeaders: response.headers,
  requestBody: request.body,
  responseBody: response.body,
});

function headersOf(fields: readonly string[]): Headers {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [name, value] = [fields[index] as string, fields[index + 1] as string];
    const known = headers[name];
    headers[name] = known === undefined ? value : [known, value].flat();
  }
  return headers;
}
