import {
  fitness,
  type Operation,
  parseContentType,
  type Response,
  type ResponseMediaType,
  type Violation,
} from '../../contract/index.js';
import type { MaybePromise } from '../../state/index.js';
import { andThen } from '../and-then.js';
import type { ApiRequest } from '../api-request.js';
import { bodyAllowed, composeBytes, composeVerbatim, transportHeaders } from '../compose.js';
import { type Documented, findResponse } from '../documented.js';
import { negotiate } from '../negotiate.js';
import { toHeaderText } from '../preferences.js';
import { problem } from '../problem.js';
import { type Reply, withHeaders } from '../reply.js';
import type { HandlerReply } from './handler.js';

/** The reply of a handler as it goes out, where it is documented; else a problem that lists what is not. */
export function checkedReply(operation: Operation, request: ApiRequest, made: HandlerReply): MaybePromise<Reply> {
  const documented = documentedFor(operation, made);
  if ('violation' in documented) return refused(operation, [documented.violation]);
  const { headers, violations } = checkedHeaders(documented.response, made);
  return andThen(contentOf(documented, request, made), (content) => {
    const all = [...violations, ...content.violations];
    if (all.length > 0) return refused(operation, all);
    const composition = { documented, reason: 'handler' } as const;
    const { mediaType, bytes } = content;
    const reply =
      mediaType && bytes
        ? composeBytes(operation, { ...composition, mediaType }, bytes)
        : composeVerbatim(operation, composition);
    return withHeaders(reply, headers);
  });
}

function refused({ id }: Operation, violations: readonly Violation[]): Reply {
  const [first] = violations as [Violation];
  const more = violations.length > 1 ? `, and ${violations.length - 1} more` : '';
  return problem('handler-reply-invalid', {
    detail: `what the handler of ${id} returned is not documented: ${first.location}${first.pointer} ${first.message}${more}`,
    violations,
  });
}

function documentedFor(operation: Operation, made: HandlerReply): Documented | { readonly violation: Violation } {
  const wrong = (keyword: string, message: string) => ({
    violation: { location: 'status', pointer: '', keyword, message } as const,
  });
  const status: unknown = (made as HandlerReply | undefined)?.status;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599)
    return wrong('type', 'must be a number from 200 to 599: return { status, headers?, body? }');
  const known = operation.responses.map((response) => response.status).join(', ');
  return findResponse(operation, status) ?? wrong('enum', `${status} is not documented; there are: ${known || 'none'}`);
}

const token = /^[!#$%&'*+.^_`|~\w-]+$/;

function checkedHeaders(response: Response, { headers = {} }: HandlerReply) {
  const violations: Violation[] = [];
  const given: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (value === undefined || lower === 'content-type') continue;
    const wrong = (keyword: string, message: string) =>
      violations.push({ location: 'header', pointer: `/${name}`, keyword, message });
    if (!token.test(name)) wrong('syntax', 'can not be the name of a header');
    else if (transportHeaders.has(lower)) wrong('syntax', 'is set by HTTP itself; leave it out');
    else {
      given[lower] = Array.isArray(value) ? value.map(toHeaderText) : toHeaderText(String(value));
      const documented = response.headers.find((header) => header.name.toLowerCase() === lower);
      if (!documented) continue;
      const text = [given[lower]].flat().join(', ');
      const isList = Array.isArray(value) && documented.validator.check(value);
      const found = isList ? [] : documented.validator.violations(documented.read(text), 'header');
      for (const { keyword, message } of found) wrong(keyword, message);
    }
  }
  return { headers: given, violations };
}

interface Content {
  readonly mediaType?: ResponseMediaType;
  readonly bytes?: Buffer;
  readonly violations: readonly Violation[];
}

const ofBody = (keyword: string, message: string): Content => ({
  violations: [{ location: 'body', pointer: '', keyword, message }],
});

function contentOf({ response, status }: Documented, request: ApiRequest, made: HandlerReply): MaybePromise<Content> {
  const { body } = made;
  const { content } = response;
  if (body === undefined)
    return content.length === 0 || !bodyAllowed(status) || request.method === 'HEAD'
      ? { violations: [] }
      : ofBody('required', `is documented for ${response.status}`);
  if (content.length === 0) return ofBody('not', `must not be there: none is documented for ${response.status}`);
  const named = nameOf(made);
  if (named === undefined) {
    // Of media types that are as good for the client, the one that the value is fit for is meant.
    const liked = negotiate(response, request) ?? (content[0] as ResponseMediaType);
    const fit = [liked, ...content].find((mediaType) => mediaType.validator.check(mediaType.sentPart(body)));
    return written(body instanceof Uint8Array ? liked : (fit ?? liked), body);
  }
  const mediaType = findMediaType(content, named);
  if (mediaType) return written(mediaType, body);
  const message = `must be one of: ${content.map(({ contentType }) => contentType).join(', ')}`;
  return { violations: [{ location: 'header', pointer: '/content-type', keyword: 'enum', message }] };
}

function nameOf({ headers = {} }: HandlerReply): string | undefined {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return value === undefined ? undefined : String(value);
}

function findMediaType(content: readonly ResponseMediaType[], name: string): ResponseMediaType | undefined {
  const wanted = parseContentType(name);
  if (!wanted) return undefined;
  const candidates = content.flatMap((one) => {
    const mediaType = one.as ? one.as(wanted.essence) : one;
    const documented = mediaType && parseContentType(mediaType.contentType);
    const score = documented && fitness(wanted, documented);
    return mediaType && score !== undefined ? [{ mediaType, score }] : [];
  });
  return candidates.sort((a, b) => b.score - a.score)[0]?.mediaType;
}

/** A value, written; or octets, read to see whether they are what is documented. */
function written(mediaType: ResponseMediaType, body: unknown): MaybePromise<Content> {
  const { codec, contentType, validator } = mediaType;
  if (!(body instanceof Uint8Array)) {
    const value = mediaType.sentPart(body);
    const violations = validator.check(value) ? [] : validator.violations(value, 'body');
    return violations.length > 0 ? { violations } : { mediaType, bytes: codec.write(value), violations };
  }
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const type = parseContentType(contentType);
  if (!type) return { mediaType, bytes, violations: [] };
  return andThen(codec.read(bytes, type), (reading): Content => {
    if (reading.kind === 'malformed') return { violations: reading.violations };
    if (reading.kind === 'unsupported') return ofBody('encoding', reading.detail);
    const violations =
      reading.kind === 'value' ? [...reading.violations, ...validator.violations(reading.value, 'body')] : [];
    return violations.length > 0 ? { violations } : { mediaType, bytes, violations };
  });
}
