import type { IncomingMessage } from 'node:http';
import { isObject } from '../documents/index.js';
import type { RequestContent } from '../replies/index.js';
import { decodeContent } from './content-coding.js';

const nothing: RequestContent = { kind: 'bytes', bytes: Buffer.alloc(0) };

/** Whether a request has content is told by its header (RFC 9112 §6). */
function hasContent({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

interface Receiver {
  readonly onContent: (content: RequestContent) => void;
  /** The client went away before the end. */
  readonly onLost: (error: ConnectionLost) => void;
}

/** As `receive`. */
export function received(request: IncomingMessage, limitBytes: number): Promise<RequestContent> {
  return new Promise((onContent, onLost) => receive(request, limitBytes, { onContent, onLost }));
}

/**
 * The content of a request, unless somebody has read it already: then what they made of it in `body` (as the body parsers
 * of Express do). Told at once where nothing is to be waited for. Content over the limit, before its content coding is undone or
 * after, is let pass by, not kept.
 */
export function receive(
  request: IncomingMessage & { body?: unknown },
  limitBytes: number,
  { onContent, onLost }: Receiver,
): void {
  const isEmpty = request.readableEnded || !hasContent(request);
  if (request.body !== undefined && (request.readableDidRead || isEmpty) && !isPlaceholder(request))
    onContent(alreadyRead(request.body));
  else if (isEmpty) onContent(nothing);
  else listen(request, limitBytes, { onContent, onLost });
}

function listen(request: IncomingMessage, limitBytes: number, { onContent, onLost }: Receiver): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let isOver = false;
  const tooLarge = () => {
    chunks.length = 0;
    isOver = true;
    request.off('data', keep);
    request.resume();
    onContent({ kind: 'too-large', limitBytes });
  };
  const keep = (chunk: Buffer) => {
    size += chunk.length;
    if (size > limitBytes) tooLarge();
    else chunks.push(chunk);
  };
  const lose = () => {
    if (!isOver) onLost(new ConnectionLost());
  };
  if (Number(request.headers['content-length']) > limitBytes) {
    tooLarge();
    return;
  }
  request.on('data', keep);
  request.on('end', () => {
    if (isOver) return;
    isOver = true;
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const coding = request.headers['content-encoding'];
    if (coding === undefined || bytes.length === 0) onContent({ kind: 'bytes', bytes });
    else decodeContent(bytes, coding, limitBytes).then(onContent);
  });
  // Without a listener for it no `error` is emitted; `close` comes in any case.
  request.on('close', lose);
}

/** The client went away while its request was read; there is nobody to answer. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';
}

/** Body parsers before Express 5 leave `{}` where there was no content. */
function isPlaceholder(request: IncomingMessage & { body?: unknown }): boolean {
  const { body } = request;
  return !hasContent(request) && isObject(body) && Object.keys(body).length === 0;
}

function alreadyRead(body: unknown): RequestContent {
  if (Buffer.isBuffer(body)) return { kind: 'bytes', bytes: body };
  if (typeof body === 'string') return { kind: 'bytes', bytes: Buffer.from(body) };
  return { kind: 'parsed', value: body };
}
