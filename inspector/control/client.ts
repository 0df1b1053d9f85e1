import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Entry, Violation } from './types.js';

/** What the control API refused, and why. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    /** The last part of the problem's type. */
    readonly type: string,
    message: string,
    readonly violations: readonly Violation[] = [],
  ) {
    super(message);
  }
}

export interface ClientOptions {
  /** Where the control API is, with a slash at the end. */
  readonly base: string;
  readonly token?: string | undefined;
  /** Empty for the shared one. */
  readonly session: string;
  /** Told when a token is wanted that was not sent, or is not the one. */
  readonly onRefused: () => void;
}

/** The control API, about one session. */
export interface Client {
  readonly session: string;
  /** @throws ControlError */
  readonly get: <T>(path: string, signal?: AbortSignal) => Promise<T>;
  /** @throws ControlError */
  readonly send: <T = void>(method: string, path: string, body?: unknown) => Promise<T>;
  /** What is to be kept in a file. @throws ControlError */
  readonly download: (path: string) => Promise<Blob>;
  /** Entries of the journal as they come, without headers and bodies. Ends with the session. @throws ControlError */
  readonly follow: (after: number, signal: AbortSignal) => AsyncGenerator<Entry>;
}

export function createClient({ base, token, session, onRefused }: ClientOptions): Client {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(path, base), {
      ...init,
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(session !== '' && { 'Standin-Session': session }),
      },
    });
    if (response.ok) return response;
    if (response.status === 401) onRefused();
    throw await errorOf(response);
  };
  return {
    session,
    get: async (path, signal) => (await ask(path, signal ? { signal } : {})).json(),
    send: async (method, path, body) => {
      const content =
        body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
      const response = await ask(path, { method, ...content });
      return response.status === 204 ? undefined : response.json();
    },
    download: async (path) => (await ask(path)).blob(),
    follow: async function* (after, signal) {
      const { body } = await ask(`journal/stream?details=false&after=${after}`, { signal });
      const reader = (body as ReadableStream<BufferSource>)
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
        .getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (value.event === 'entry') yield JSON.parse(value.data) as Entry;
      }
    },
  };
}

async function errorOf(response: Response): Promise<ControlError> {
  const { status, statusText } = response;
  try {
    const { type, detail, violations } = (await response.json()) as Record<string, unknown>;
    return new ControlError(status, String(type).split(':').at(-1) ?? '', String(detail), violations as Violation[]);
  } catch {
    return new ControlError(status, '', `${status} ${statusText}`);
  }
}
