import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopbackName } from './allowed.js';
import type { ComposedRequest } from './compose-request.js';
import type { Delivery } from './delivery.js';

interface DeliverOptions {
  /** A receiver that has not answered by then is given up; milliseconds. */
  readonly timeoutMs: number;
  /** Whether somebody waits for the answer: otherwise the process may end before it is there. */
  readonly isAwaited: boolean;
}

/** Of an answer no more than this is read. */
const answerMaxBytes = 1024 * 1024;

/** Sends a request, once. Redirections are not followed: they would lead around the list of allowed hosts. */
export function deliver(
  { method, url, headers, body }: ComposedRequest,
  { timeoutMs, isAwaited }: DeliverOptions,
): Promise<Pick<Delivery, 'status' | 'error'>> {
  return new Promise((resolve) => {
    const fail = (error: unknown) => resolve({ error: reasonOf(error, timeoutMs) });
    try {
      const request = (url.protocol === 'https:' ? https : http).request(url, {
        method,
        headers: {
          ...headers,
          ...((body || !/^(?:GET|HEAD)$/.test(method)) && { 'content-length': body?.length ?? 0 }),
        },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(isLoopbackName(url.hostname) && { lookup: loopback }),
      });
      request.on('error', fail);
      request.on('response', (response) => {
        resolve({ status: response.statusCode as number });
        discard(response);
      });
      if (!isAwaited) request.on('socket', (socket) => socket.unref());
      request.end(body);
    } catch (error) {
      fail(error);
    }
  });
}

/** To this machine, and asking no name server, which might name another (RFC 6761 §6.3). */
const loopback: LookupFunction = (_hostname, { all }, done) => {
  if (all)
    done(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  else done(null, '127.0.0.1', 4);
};

function discard(response: IncomingMessage): void {
  let read = 0;
  response.on('error', () => {});
  response.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > answerMaxBytes) response.destroy();
  });
}

function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, message, code, errors } = error as Partial<AggregateError & { code: string }>;
  if (name === 'TimeoutError' || name === 'AbortError') return `no answer within ${timeoutMs} ms`;
  // Where several addresses were tried, what was wrong with each stands inside.
  return message || (errors?.[0] as Partial<Error> | undefined)?.message || code || String(error);
}
