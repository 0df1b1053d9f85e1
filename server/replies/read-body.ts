import {
  type ContentType,
  fitness,
  isRange,
  parseContentType,
  type Reading,
  type RequestBody,
  type RequestMediaType,
  type Violation,
} from '../contract/index.js';
import type { MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import { type ApiRequest, headerOf } from './api-request.js';

export type BodyReading =
  | {
      readonly kind: 'read';
      readonly value: unknown;
      readonly violations: readonly Violation[];
      /** What it was read from, where that is JSON in UTF-8, and the value is all that it says. */
      readonly json?: Buffer | undefined;
    }
  | { readonly kind: 'unsupported'; readonly detail: string; readonly coding?: true };

const nothing: BodyReading = { kind: 'read', value: undefined, violations: [] };

/**
 * The body as a value, without what its schema marks `readOnly`, checked against the schema of its media type. Promised for
 * multipart content only.
 */
export function readBody(requestBody: RequestBody | undefined, request: ApiRequest): MaybePromise<BodyReading> {
  const { body } = request;
  if (!requestBody || body.kind === 'too-large') return nothing;
  if (body.kind === 'bytes' && body.bytes.length === 0 && !isForm(request))
    return requestBody.required ? refused([violation('required', 'a request body is required')]) : nothing;
  if (requestBody.content.length === 0) return nothing;
  if (body.kind === 'coded') {
    return body.isSupported
      ? refused([violation('encoding', `the body is not ${body.coding}: ${body.detail}`)])
      : { kind: 'unsupported', detail: body.detail, coding: true };
  }
  const header = headerOf(request, 'content-type');
  if (header === undefined)
    return { kind: 'unsupported', detail: `the body has no Content-Type; send one of: ${offeredBy(requestBody)}` };
  // Most often it is just what is documented, and nothing has to be taken apart.
  const exact = requestBody.content.find(
    ({ contentType, mediaType }) => contentType === header && mediaType === header,
  );
  const sent = exact?.documented ?? parseContentType(header);
  const mediaType = exact ?? (sent && findMediaType(requestBody, sent));
  if (!sent || !mediaType)
    return { kind: 'unsupported', detail: `"${header}" is not documented; send one of: ${offeredBy(requestBody)}` };
  const codec = mediaType.codecFor(sent.essence);
  if (body.kind === 'parsed') return check(mediaType, codec.adopt ? codec.adopt(body.value) : body.value);
  return andThen(codec.read(body.bytes, sent), (reading) => toBody(mediaType, reading));
}

function offeredBy({ content }: RequestBody): string {
  return content
    .map(({ mediaType, contentType }) => (isRange(mediaType) ? mediaType : contentType).replace(/; boundary=.*$/, ''))
    .join(', ');
}

/** A form of no fields has no octets, and is a form. */
const isForm = (request: ApiRequest) =>
  headerOf(request, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;

/** The documented media type that the sent one fits best: with its parameters, else the narrowest range it falls in. */
function findMediaType({ content }: RequestBody, sent: ContentType): RequestMediaType | undefined {
  const [only] = content;
  if (content.length === 1 && only) return fitness(sent, only.documented) === undefined ? undefined : only;
  let best: RequestMediaType | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const mediaType of content) {
    const score = fitness(sent, mediaType.documented);
    if (score === undefined || score <= most) continue;
    best = mediaType;
    most = score;
  }
  return best;
}

function toBody(mediaType: RequestMediaType, reading: Reading): BodyReading {
  switch (reading.kind) {
    case 'value':
      return check(mediaType, reading.value, reading.violations, reading.json);
    case 'malformed':
      return refused(reading.violations);
    case 'unsupported':
      return { kind: 'unsupported', detail: reading.detail };
    case 'unread':
      return nothing;
  }
}

const violation = (keyword: string, message: string): Violation => ({
  location: 'body',
  pointer: '',
  keyword,
  message,
});

const refused = (violations: readonly Violation[]): BodyReading => ({ kind: 'read', value: undefined, violations });

const none: readonly Violation[] = [];

function check(
  mediaType: RequestMediaType,
  sent: unknown,
  found: readonly Violation[] = none,
  json?: Buffer,
): BodyReading {
  try {
    return checkValue(mediaType, sent, found, json);
  } catch (error) {
    // The validator follows a schema that contains itself as deep as the value goes.
    if (error instanceof RangeError) return refused([violation('syntax', 'is nested too deeply')]);
    throw error;
  }
}

function checkValue(
  mediaType: RequestMediaType,
  sent: unknown,
  found: readonly Violation[],
  json: Buffer | undefined,
): BodyReading {
  const { validator } = mediaType;
  const value = mediaType.withoutReadOnly(sent);
  if (validator.check(value))
    return { kind: 'read', value, violations: found, json: value === sent ? json : undefined };
  // What one alternative of a schema marks `readOnly`, another may require.
  if (value !== sent && validator.check(sent)) return { kind: 'read', value: sent, violations: found };
  return { kind: 'read', value, violations: [...found, ...validator.violations(value, 'body')] };
}
