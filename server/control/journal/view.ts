import type { Recorded } from '../../state/index.js';
import type { JournalEntry, KeptBody } from './entry.js';

export type Verdict = 'valid' | 'invalid' | 'undocumented';

/** An entry as the control API shows it. */
export interface EntryView {
  readonly number: number;
  readonly time: string;
  readonly duration: number;
  readonly session: string;
  readonly api?: string;
  readonly operation?: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly problem?: string;
  readonly example?: string;
  readonly violations?: readonly unknown[];
  readonly request: MessageView & { readonly method: string; readonly url: string };
  readonly response: MessageView & { readonly status: number };
}

interface MessageView {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: BodyView;
}

export interface BodyView {
  readonly size: number;
  readonly isWhole: boolean;
  readonly text?: string;
  readonly base64?: string;
}

export function viewOf({ number, entry }: Recorded): EntryView {
  const kept = entry as JournalEntry;
  const { timeMs, durationMs, session, api, operation, method, url, status, reason, problem, example, violations } =
    kept;
  const { requestHeaders, requestBody, responseHeaders, responseBody } = kept.details ?? {};
  return {
    number,
    time: new Date(timeMs).toISOString(),
    duration: Math.round(durationMs * 1000) / 1000,
    session,
    ...(api !== undefined && { api }),
    ...(operation !== undefined && { operation }),
    verdict: verdictOf(kept),
    reason,
    ...(problem !== undefined && { problem }),
    ...(example !== undefined && { example }),
    ...(violations !== undefined && { violations }),
    request: { method, url, ...messageOf(requestHeaders, requestBody) },
    response: { status, ...messageOf(responseHeaders, responseBody) },
  };
}

/** The same without headers and bodies, for those who want many. */
export function outlineOf({ number, entry }: Recorded): EntryView {
  return viewOf({ number, entry: { ...(entry as JournalEntry), details: undefined } });
}

/** Of these the client is not to blame. */
const blameless = new Set(['limit-exceeded', 'preference-impossible', 'no-reply', 'internal-error']);

export function verdictOf({ operation, problem }: Pick<JournalEntry, 'operation' | 'problem'>): Verdict {
  if (problem === undefined || blameless.has(problem)) return 'valid';
  return operation === undefined && problem !== 'session-malformed' ? 'undocumented' : 'invalid';
}

function messageOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>> | undefined,
  body: KeptBody | undefined,
): MessageView {
  return {
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers)
          .filter(isGiven)
          .map(([name, value]) => [name, typeof value === 'string' ? readable(value) : value.map(readable)]),
      ),
    }),
    ...(body && { body: bodyOf(body) }),
  };
}

/** Headers go over the wire as octets, which are UTF-8 more often than not. */
function readable(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}

const isGiven = (pair: [string, unknown]): pair is [string, string | readonly string[]] => pair[1] !== undefined;

/** As text where it is text; a character that was cut in two at the end does not count against it. */
function bodyOf({ octets, size, isWhole }: KeptBody): BodyView {
  const bytes = Buffer.from(octets, 'latin1');
  const text = bytes.toString('utf8');
  const end = isWhole ? text : text.replace(/\ufffd{1,3}$/, '');
  const isText = !end.includes('\ufffd') && !end.includes('\0');
  return { size, isWhole, ...(isText ? { text: end } : { base64: bytes.toString('base64') }) };
}
