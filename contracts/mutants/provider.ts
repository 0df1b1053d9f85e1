import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contract } from '../../server/contract/index.js';
import { serveContracts } from '../../server/index.js';
import type { Service, ServiceAnswer, ServiceRequest } from './service.js';

/** What the provider takes for credentials; anything else is garbage to it. */
export const goodCredential = 'good-credential';
export const lowCredential = 'low-credential';

/**
 * A real service as far as anybody can see: the stand-in with its state, that takes no preferences and knows its
 * credentials. It starts with what the document says is there.
 */
export function createProvider(contract: Contract, seed: string): Service {
  const middleware = serveContracts([contract], { seed });
  return async (request) => {
    await middleware.ready;
    return ask(middleware, plain(request));
  };
}

/** The request as a service understands it that is no stand-in. */
function plain({ headers, url, ...request }: ServiceRequest): ServiceRequest {
  const { prefer: _, 'accept-encoding': _coding, origin: _origin, ...rest } = headers;
  const known = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, value && translate(name, value)]),
  );
  const [path = '', query] = url.split(/\?(.*)/s);
  const pairs = query
    ?.split('&')
    .filter((pair) => !pair.startsWith('__'))
    .map((pair) => pair.replace(/^(key)=(.*)$/, (_all, name, value) => `${name}=${judge(decodeURIComponent(value))}`));
  return { ...request, headers: known, url: pairs && pairs.length > 0 ? `${path}?${pairs.join('&')}` : path };
}

const basic = /^Basic +(.+)$/i;

function translate(name: string, value: string): string {
  if (name === 'x-api-key') return judge(value);
  if (name !== 'authorization') return value;
  const [, pair] = basic.exec(value) ?? [];
  if (pair !== undefined) {
    const [user = ''] = Buffer.from(pair, 'base64').toString('utf8').split(':');
    const judged = judge(user);
    return `Basic ${Buffer.from(`${judged}:${judged}`).toString('base64')}`;
  }
  return value.replace(/^(Bearer) +(.*)$/i, (_all, scheme, token) => `${scheme} ${judge(token)}`);
}

/** The secrets that the stand-in knows. */
const judge = (secret: string) =>
  secret === goodCredential ? 'valid' : secret === lowCredential ? 'forbidden' : 'invalid';

type Middleware = ReturnType<typeof serveContracts>;

/** Asks with no socket between: the request as somebody read it already, an answer that keeps what is written. */
function ask(middleware: Middleware, { method, url, headers, body }: ServiceRequest): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    const request = { method, url, headers, body, readableEnded: true, readableDidRead: true };
    let status = 0;
    const kept: Record<string, string | readonly string[]> = {};
    const response = {
      headersSent: false,
      destroyed: false,
      writeHead: (code: number, head: Readonly<Record<string, unknown>> | readonly string[]) => {
        status = code;
        for (const [name, value] of pairsOf(head))
          kept[name] = Array.isArray(value) ? value.map(String) : String(value);
        response.headersSent = true;
        return response;
      },
      end: (content?: Buffer | string, encoding?: BufferEncoding) => {
        const { 'standin-note': _, vary: _vary, 'content-length': length, ...rest } = kept;
        const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content ?? '', encoding);
        resolve({
          status,
          headers: method === 'HEAD' && length ? { ...rest, 'content-length': length } : rest,
          body: bytes,
        });
        return response;
      },
      once: () => response,
      on: () => response,
      cork: () => {},
      uncork: () => {},
      destroy: () => reject(new Error('the provider gave up')),
    };
    middleware(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

/** `writeHead` also takes names and values in turn. */
function pairsOf(head: Readonly<Record<string, unknown>> | readonly string[]): [string, unknown][] {
  if (!Array.isArray(head)) return Object.entries(head).filter(([, value]) => value !== undefined);
  const pairs: [string, unknown][] = [];
  for (let at = 0; at < head.length; at += 2) pairs.push([head[at] as string, head[at + 1]]);
  return pairs;
}
