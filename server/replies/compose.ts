import type { Chance, Example, Operation, Response, ResponseMediaType } from '../contract/index.js';
import type { DecodedReply } from './api-request.js';
import type { Documented } from './documented.js';
import { fill, inScope, type Scope } from './evaluate.js';
import { toHeaderText } from './preferences.js';
import type { Reply, ReplyReason } from './reply.js';

/** Headers that HTTP itself sets; what a document says of them is not sent. */
export const transportHeaders = new Set([
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'date',
  'keep-alive',
  'trailer',
  'upgrade',
  // The body goes out as it is.
  'content-encoding',
]);

/** How the body of a documented reply is come by. */
export interface Composition {
  readonly documented: Documented;
  /** Absent where the response has no content. */
  readonly mediaType?: ResponseMediaType;
  readonly example?: Example;
  readonly reason: ReplyReason;
}

/** A reply exactly as documented: the example as it is, its headers with the documented values. */
export function composeVerbatim(operation: Operation, { documented, mediaType, example, reason }: Composition): Reply {
  const reply = assemble(operation, documented, mediaType, example?.bytes, reason, example);
  return example?.state.kind === 'invalid' && reply.body ? withNote(reply, contradictionOf(example)) : reply;
}

/** What must be said where the body contradicts its schema: there is no other value for it. */
function contradictionOf({ origin, state }: Example): string {
  const [violation] = state.kind === 'invalid' ? state.violations : [];
  const why = violation ? `: ${violation.pointer || 'it'} ${violation.message}` : '';
  return origin === 'generated'
    ? `no value was found that the documented schema accepts, so this one violates it${why}`
    : `this documented example violates its own schema${why}`;
}

/**
 * A reply whose body the example's template makes. Where the result violates the response's schema, the example is served
 * and a `standin-note` says why.
 */
export function composeFilled(operation: Operation, composition: Composition, scope: Scope): Reply {
  const { documented, mediaType, example, reason } = composition;
  const template = example?.template ?? mediaType?.template;
  if (!mediaType || !template) return composeVerbatim(operation, composition);
  const reply = new ReplyInTheMaking(operation, documented, mediaType, example?.value);
  return composeValue(
    operation,
    example ? { documented, mediaType, reason, example } : { documented, mediaType, reason },
    fill(template, inScope(scope, { reply })),
  );
}

/** A class, since an object with a getter of its own takes long to make. */
class ReplyInTheMaking implements DecodedReply {
  constructor(
    private readonly operation: Operation,
    private readonly documented: Documented,
    private readonly mediaType: ResponseMediaType,
    readonly body: unknown,
  ) {}

  get status(): number {
    return this.documented.status;
  }

  get header(): DecodedReply['header'] {
    return headersOf(this.operation, this.documented.response, this.documented.status, this.mediaType);
  }
}

/** A reply with a body made for this request, or the example where that body is not valid. */
export function composeValue(
  operation: Operation,
  composition: Composition & { readonly mediaType: ResponseMediaType },
  made: unknown,
): Reply {
  const { documented, mediaType, reason } = composition;
  const value = mediaType.sentPart(made);
  if (value !== undefined && mediaType.validator.check(value)) {
    const isOfExample = (composition.example?.template ?? mediaType.template) !== undefined;
    const bytes = mediaType.codec.write(value);
    return assemble(operation, documented, mediaType, bytes, reason, isOfExample ? composition.example : undefined);
  }
  const [violation] = mediaType.validator.violations(value, 'body');
  return withNote(
    composeVerbatim(operation, { ...composition, reason: 'example' }),
    `the body made for this request does not fit the documented schema (${violation ? `${violation.pointer || 'it'} ${violation.message}` : 'it is empty'}), so the example is served`,
  );
}

/** A reply with a body that was found valid before. */
export function composeBytes(
  operation: Operation,
  { documented, mediaType, reason }: Composition & { readonly mediaType: ResponseMediaType },
  bytes: Buffer,
): Reply {
  return assemble(operation, documented, mediaType, bytes, reason);
}

/** A fresh value of the schema, where one is found that it accepts. */
export function composeFresh(operation: Operation, composition: Composition, chance: Chance): Reply {
  const { documented, mediaType } = composition;
  if (!mediaType) return composeVerbatim(operation, composition);
  const value = mediaType.sample('fresh', chance);
  if (mediaType.validator.check(value))
    return assemble(operation, documented, mediaType, mediaType.codec.write(value), 'generated');
  return withNote(
    composeVerbatim(operation, composition),
    'no fresh value was found that the schema accepts, so the example is served',
  );
}

/** The reply with something to know of it, before what is said already. */
export function withNote(reply: Reply, note: string): Reply {
  const known = reply.headers['standin-note'];
  const text = toHeaderText(note);
  return { ...reply, headers: { ...reply.headers, 'standin-note': known === undefined ? text : `${text}; ${known}` } };
}

function assemble(
  operation: Operation,
  { response, status }: Documented,
  mediaType: ResponseMediaType | undefined,
  content: Buffer | undefined,
  reason: ReplyReason,
  example?: Example,
): Reply {
  const body = bodyAllowed(status) ? content : undefined;
  const headers = headersOf(operation, response, status, body && mediaType);
  if (!body) return { status, headers, reason, response };
  const itemize = mediaType?.codec.itemize;
  const reply = { status, headers, body, reason, response, mediaType, example };
  return itemize ? { ...reply, itemize } : reply;
}

/** Headers that do not depend on the request are put together once; whoever sends them may know them by their identity. */
const known = new WeakMap<Response | ResponseMediaType, Map<number, Reply['headers']>>();

function headersOf(
  operation: Operation,
  response: Response,
  status: number,
  mediaType: ResponseMediaType | undefined,
): Reply['headers'] {
  const what = mediaType ?? response;
  let kept = known.get(what);
  if (!kept) {
    kept = new Map();
    known.set(what, kept);
  }
  let headers = kept.get(status);
  if (!headers) {
    headers = documentedHeaders(operation, response, status, mediaType);
    kept.set(status, headers);
  }
  return headers;
}

function documentedHeaders(
  operation: Operation,
  response: Response,
  status: number,
  mediaType: ResponseMediaType | undefined,
): Reply['headers'] {
  const headers: Record<string, string | readonly string[]> = {};
  for (const header of response.headers) {
    const name = header.name.toLowerCase();
    const value = transportHeaders.has(name) ? undefined : header.value();
    if (value !== undefined) headers[name] = typeof value === 'string' ? toHeaderText(value) : value.map(toHeaderText);
  }
  if (redirects.has(status)) headers.location ??= target;
  if (operation.deprecated) headers.deprecation = 'true';
  if (mediaType) {
    headers['content-type'] = mediaType.contentType;
    // Events that were kept would be told again as if they were new (WHATWG HTML §9.2.7).
    if (/^text\/event-stream\b/i.test(mediaType.contentType)) headers['cache-control'] ??= 'no-cache';
  }
  return Object.freeze(headers);
}

/** A client that is sent on needs to know where to (RFC 9110 §15.4). */
const redirects = new Set([300, 301, 302, 303, 307, 308]);
const target = 'https://example.com/';

/** Whether an answer of this status has a body (RFC 9110 §6.4.1). */
export function bodyAllowed(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 205 && status !== 304;
}
