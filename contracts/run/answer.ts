import { Agent } from 'node:http';
import supertest from 'supertest';
import type { CaseRequest } from '../case.js';
import { createTap } from './tapped-agent.js';

/** What came back. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  /** Octets after the head of an answer that has no body (RFC 9112 §6.3). */
  readonly excess?: number;
}

/** What the body says as JSON; `undefined` where it is none. */
export function jsonIn({ body }: Pick<Answer, 'body'>): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A server that says nothing for so long has failed the case. */
export const patienceMs = 20_000;

/** To open a connection takes as long as a stand-in takes to answer on it. */
export const connections = new Agent({ keepAlive: true });

/**
 * Sends a request as it stands, and takes the answer as it comes: no redirects followed, nothing parsed.
 *
 * @param reuse whether to take a connection that is open already. A server may close it at that moment, so that is for those
 * that are known to say how long they keep it.
 */
export async function ask(
  baseUrl: string,
  { method, path, headers, body }: CaseRequest,
  { reuse }: { readonly reuse: boolean },
): Promise<Answer> {
  const start = starterOf(baseUrl)[method.toLowerCase()];
  if (!start) throw new Error(`${method} can't be sent by this version of Node`);
  const request = start(path)
    .redirects(0)
    .ok(() => true)
    .timeout(patienceMs)
    .buffer(true)
    .parse(collect);
  const tap = reuse ? undefined : createTap(baseUrl);
  if (tap) request.agent(tap.agent);
  else if (baseUrl.startsWith('http:')) request.agent(connections);
  for (const [name, value] of Object.entries(headers)) if (value !== '') request.set(name, value);
  if (body !== undefined) {
    request.send(body);
    // Supertest makes one up for a string that has none.
    if (!headers['content-type']) request.unset('content-type');
  }
  const excessOf = (status: number) => {
    const isBare = method === 'HEAD' || status === 204 || status === 304;
    return isBare ? (tap?.seen()?.excess ?? 0) : 0;
  };
  try {
    const response = await request;
    const excess = excessOf(response.status);
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.text ?? ''),
      ...(excess > 0 && { excess }),
    };
  } catch (error) {
    // To Node, what follows an answer that has no body is another answer, and a broken one.
    const seen = tap?.seen();
    if (!seen || excessOf(seen.status) === 0) throw error;
    return { ...seen, body: Buffer.alloc(0) };
  }
}

type Starter = Readonly<Record<string, ((path: string) => supertest.Test) | undefined>>;

const starters = new Map<string, Starter>();

/** It has a function for each method, and nothing that changes; a run asks a few servers many times. */
function starterOf(baseUrl: string): Starter {
  const known = starters.get(baseUrl) ?? (supertest(baseUrl) as unknown as Starter);
  starters.set(baseUrl, known);
  return known;
}

function collect(response: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
