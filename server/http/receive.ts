import type { IncomingMessage } from 'node:http';
import { isObject } from '../documents/index.js';
import type { RequestContent } from '../replies/index.js';
import { decodeContent } from './content-coding.js';

const nothing: RequestContent = { kind: 'bytes', bytes: Buffer.alloc(0) };

/** Whether a request has content is told by its header (RFC 9112 §6). */
export function hasContent({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/**
 * The content of a request, unless somebody has read it already: then what they made of it in `body` (as the body parsers
 * of Express do). Content over the limit, before its content coding is undone or after, is let pass by, not kept.
 *
 * @throws ConnectionLost where the client goes away before the end.
 */
export function receive(
  request: IncomingMessage & { body?: unknown },
  limitBytes: number,
): RequestContent | Promise<RequestContent> {
  const isOver = request.readableEnded || !hasContent(request);
  if (request.body !== undefined && (request.readableDidRead || isOver) && !isPlaceholder(request))
    return alreadyRead(request.body);
  if (isOver) return nothing;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    const tooLarge = () => {
      chunks.length = 0;
      isWhole = true;
      request.off('data', keep);
      request.resume();
      resolve({ kind: 'too-large', limitBytes });
    };
    const keep = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) tooLarge();
      else chunks.push(chunk);
    };
    const lose = () => {
      if (!isWhole) reject(new ConnectionLost());
    };
    if (Number(request.headers['content-length']) > limitBytes) return tooLarge();
    request.on('data', keep);
    request.on('end', () => {
      isWhole = true;
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      const coding = request.headers['content-encoding'];
      if (coding === undefined || bytes.length === 0) resolve({ kind: 'bytes', bytes });
      else resolve(decodeContent(bytes, coding, limitBytes));
    });
    // Without a listener for it no `error` is emitted; `close` comes in any case.
    request.on('close', lose);
  });
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
