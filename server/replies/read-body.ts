import {
  essenceOf,
  exactness,
  isInRange,
  isJson,
  type RequestBody,
  type RequestMediaType,
  type Violation,
} from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';

export type BodyReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly violations: readonly Violation[] }
  | { readonly kind: 'unsupported'; readonly detail: string };

const nothing: BodyReading = { kind: 'read', value: undefined, violations: [] };
const wrong = (keyword: string, message: string, value?: unknown): BodyReading => ({
  kind: 'read',
  value,
  violations: [{ location: 'body', pointer: '', keyword, message }],
});

/** The body as a value, checked against the schema of its media type. */
export function readBody(requestBody: RequestBody | undefined, request: ApiRequest): BodyReading {
  const { body } = request;
  if (!requestBody || body.kind === 'too-large') return nothing;
  if (body.kind === 'bytes' && body.bytes.length === 0)
    return requestBody.required ? wrong('required', 'a request body is required') : nothing;
  if (requestBody.content.length === 0) return nothing;
  const header = headerOf(request, 'content-type');
  const documented = requestBody.content.map(({ mediaType }) => mediaType).join(', ');
  if (header === undefined)
    return { kind: 'unsupported', detail: `the body has no Content-Type; send one of: ${documented}` };
  const essence = essenceOf(header);
  const mediaType = essence && findMediaType(requestBody, essence);
  if (!mediaType) return { kind: 'unsupported', detail: `"${header}" is not documented; send one of: ${documented}` };
  const coding = headerOf(request, 'content-encoding');
  if (coding && coding.toLowerCase() !== 'identity')
    return { kind: 'unsupported', detail: `the content coding "${coding}" is not supported; send the body as it is` };
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(header)?.[1];
  if (charset && !/^(?:utf-?8|us-ascii)$/i.test(charset))
    return { kind: 'unsupported', detail: `the charset "${charset}" is not supported; send UTF-8` };
  if (body.kind === 'parsed') return check(mediaType, body.value);
  return isJson(essence) ? readJson(mediaType, body.bytes) : readOther(mediaType, essence, body.bytes);
}

/** The documented media type, or the narrowest range, that the sent one falls in. */
function findMediaType({ content }: RequestBody, essence: string): RequestMediaType | undefined {
  return content
    .filter(({ mediaType }) => isInRange(essence, mediaType))
    .sort((a, b) => exactness(b.mediaType) - exactness(a.mediaType))[0];
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function readJson(mediaType: RequestMediaType, bytes: Buffer): BodyReading {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    return wrong('syntax', `the body is not JSON: ${(error as Error).message}`);
  }
  return check(mediaType, value);
}

/** Forms are decoded, text is text; other types are not looked into. */
function readOther(mediaType: RequestMediaType, essence: string, bytes: Buffer): BodyReading {
  if (essence.startsWith('text/')) return check(mediaType, bytes.toString('utf8'));
  return { kind: 'read', value: undefined, violations: [] };
}

function check(mediaType: RequestMediaType, value: unknown): BodyReading {
  if (mediaType.validator.check(value)) return { kind: 'read', value, violations: [] };
  return { kind: 'read', value, violations: mediaType.validator.violations(value, 'body') };
}
