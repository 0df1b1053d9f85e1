import { createHash } from 'node:crypto';
import { lazyOf, type Operation, type Response } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { type Reply, withHeaders } from './reply.js';

const tagOf = lazyOf(
  (item: object) => `"${createHash('sha256').update(JSON.stringify(item)).digest('base64url').slice(0, 22)}"`,
);

/** The entity tag of an item (RFC 9110 §8.8.3): another one for other content. */
export function entityTag(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null ? tagOf(item) : undefined;
}

/** The same in the letters that most have, where a document wants those. */
const inHex = (tag: string) => `"${Buffer.from(tag.slice(1, -1), 'base64url').toString('hex')}"`;

/** `ETag`, where the response documents it. */
export function withEntityTag(reply: Reply, response: Response, item: unknown): Reply {
  const header = etagHeader(response);
  const own = header && entityTag(item);
  const tag = own === undefined ? undefined : [own, inHex(own)].find((one) => header?.validator.check(one));
  return tag === undefined ? reply : withHeaders(reply, { etag: tag });
}

const etagHeader = lazyOf(({ headers }: Response) => headers.find(({ name }) => name.toLowerCase() === 'etag'));

/** What became of the preconditions of a request (RFC 9110 §13.2.2). */
export type Precondition = 'holds' | 'failed' | 'not modified';

/** Whether an operation documents anything that makes its requests conditional. */
export const isConditional = lazyOf(
  ({ parameters, responses }: Operation) =>
    parameters.some(({ in: place, name }) => place === 'header' && /^if-(?:none-)?match$/i.test(name)) ||
    responses.some((response) => /^(?:304|412)$/.test(response.status) || etagHeader(response) !== undefined),
);

/** @param item what is there; `undefined` for nothing */
export function judgePreconditions(request: ApiRequest, item: unknown): Precondition {
  const tag = entityTag(item);
  const match = headerOf(request, 'if-match');
  if (match !== undefined && !names(match, tag, false)) return 'failed';
  const noneMatch = headerOf(request, 'if-none-match');
  if (noneMatch === undefined || !names(noneMatch, tag, true)) return 'holds';
  return request.method === 'GET' || request.method === 'HEAD' ? 'not modified' : 'failed';
}

/** `*` is whatever is there. Weak tags are never the same where that has to be strong (RFC 9110 §8.8.3.2). */
function names(field: string, tag: string | undefined, isWeak: boolean): boolean {
  if (field.trim() === '*') return tag !== undefined;
  return [...field.matchAll(/(W\/)?("[^"]*")/g)].some(
    ([, weak, opaque]) =>
      tag !== undefined && (opaque === tag || opaque === inHex(tag)) && (isWeak || weak === undefined),
  );
}
