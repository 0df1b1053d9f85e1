import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import Negotiator from 'negotiator';
import type { Reply } from '../replies/index.js';
import { type Coding, encodeContent } from './content-coding.js';
import { corsHeaders } from './cors.js';
import { endTogether } from './end-together.js';
import { writeItems } from './stream.js';

/** What else the reply would depend on: RFC 7240 §2, RFC 9110 §12.5.5. */
const varies = 'Accept, Prefer, Origin';

function varyOf({ vary }: Reply['headers']): string {
  return vary === undefined ? varies : [...[vary].flat(), varies].join(', ');
}

/**
 * Writes a reply, whole, or, where it is a sequence, item by item; under a content coding where the client asked for one, and it
 * is worth the while.
 */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply, streamIntervalMs = 0): void {
  if (response.headersSent || response.destroyed) return;
  const { status, headers, body, itemize } = reply;
  if (itemize && body) {
    sendItems(request, response, reply, { body, items: itemize(body), intervalMs: streamIntervalMs });
    return;
  }
  const isSmall = body !== undefined && body.length < codedFromBytes;
  if (isSmall && Object.isFrozen(headers) && request.headers.origin === undefined) {
    writeKnown(request, response, status, headers, body);
    return;
  }
  const { all, coding } = headOf(request, headers, body);
  if (!coding || !body) {
    write(request, response, status, all, body);
    return;
  }
  const writeCoded = (bytes: Buffer) => {
    if (!response.headersSent && !response.destroyed)
      write(request, response, status, { ...all, 'content-encoding': coding }, bytes);
  };
  const encoded = encodeContent(body, coding);
  if (Buffer.isBuffer(encoded)) writeCoded(encoded);
  else encoded.then(writeCoded, () => write(request, response, status, all, body));
}

interface Head {
  readonly all: OutgoingHttpHeaders;
  readonly coding: Coding | undefined;
}

function headOf(request: IncomingMessage, headers: Reply['headers'], body: Buffer | undefined): Head {
  const isCodable = body !== undefined && body.length >= codedFromBytes && isWorthCoding(headers);
  const all: OutgoingHttpHeaders = {
    ...(headers as OutgoingHttpHeaders),
    ...corsHeaders(request.headers, Object.keys(headers)),
    vary: isCodable ? `${varyOf(headers)}, Accept-Encoding` : varyOf(headers),
  };
  return { all, coding: isCodable ? codingOf(request) : undefined };
}

/** A sequence has no length before its end (RFC 9112 §6.3): it goes in chunks, to HTTP/1.0 until the connection closes. */
function sendItems(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: Reply,
  { body, items, intervalMs }: { body: Buffer; items: readonly Buffer[]; intervalMs: number },
): void {
  const { all, coding } = headOf(request, headers, body);
  response.writeHead(status, coding ? { ...all, 'content-encoding': coding } : all);
  if (request.method === 'HEAD') response.end();
  else writeItems(response, items, { intervalMs, coding });
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Buffer | undefined,
): void {
  if (body) headers['content-length'] = body.length;
  else if (status >= 200 && status !== 204 && status !== 304) headers['content-length'] = 0;
  response.writeHead(status, headers);
  end(request, response, body);
}

/** Heads of replies whose headers never change, as `writeHead` takes them with the least ado: names and values in turn. */
const heads = new WeakMap<Reply['headers'], readonly string[]>();

function writeKnown(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Reply['headers'],
  body: Buffer,
): void {
  let head = heads.get(headers);
  if (!head) {
    const pairs = Object.entries(headers).filter(([name]) => name !== 'vary');
    head = [...pairs.flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one])), 'vary', varyOf(headers)];
    heads.set(headers, head);
  }
  response.writeHead(status, [...head, 'content-length', String(body.length)]);
  end(request, response, body);
}

function end(request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
  endTogether(response, request.method === 'HEAD' ? undefined : body);
}

/** Smaller content fits in a packet anyway. */
const codedFromBytes = 1024;

/** Text in some notation; not what is compressed already, nor an event stream, whose reader waits for each event. */
const codable =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|x-yaml|javascript|graphql|sql|x-www-form-urlencoded|csv|jsonl|x-ndjson|ndjson|json-seq|wasm)\b|image\/(?:svg\+xml|bmp)|[\w-]+\/[\w.-]+\+(?:json|xml|yaml))/i;

function isWorthCoding({
  'content-type': type,
  'content-encoding': coding,
  'cache-control': cacheControl,
}: Reply['headers']): boolean {
  // RFC 9111 §5.2.2.6
  return coding === undefined && codable.test(String(type)) && !/\bno-transform\b/i.test(String(cacheControl ?? ''));
}

/** The coding the client likes best (RFC 9110 §12.5.3); none, unless it asks. */
function codingOf({ headers }: IncomingMessage): Coding | undefined {
  const accepted = headers['accept-encoding'];
  if (accepted === undefined || accepted === '' || accepted === 'identity') return undefined;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': String(accepted) } });
  const [best] = negotiator.encodings(['br', 'gzip', 'identity']);
  if (best === 'br' || best === 'gzip') return best;
  // What `deflate` is, clients do not agree on (RFC 9110 §8.4.1.2): it is for those that know nothing else.
  return negotiator.encodings(['deflate', 'identity'])[0] === 'deflate' ? 'deflate' : undefined;
}
