import { type CallbackUrl, essenceOf, isJson, lazy, type MessageExpression } from '../contract/index.js';
import { toPointer, valueAt } from '../documents/index.js';
import type { ApiRequest, Reply } from '../replies/index.js';

/** A request and the response to it, as runtime expressions see them. */
export interface Message {
  readonly request: ApiRequest;
  readonly reply: Reply;
  readonly requestBody: () => unknown;
  readonly responseBody: () => unknown;
}

/**
 * @param read the request's body, as its documentation has it; `undefined` where that could not be read, and only its content
 * type says what it is.
 */
export function messageOf(request: ApiRequest, reply: Reply, read?: unknown): Message {
  return {
    request,
    reply,
    requestBody: lazy(() => {
      if (read !== undefined) return read;
      const { body } = request;
      if (body.kind === 'parsed') return body.value;
      return body.kind === 'bytes' ? readBody(body.bytes, textOf(request.headers['content-type'])) : undefined;
    }),
    responseBody: lazy(() => replyBody(reply)),
  };
}

/** The body of a reply as a value. */
export function replyBody({ body, headers }: Reply): unknown {
  return body && readBody(body, textOf(headers['content-type']));
}

/** Of a list of URLs no more than this are sent to. */
const urlsMax = 16;

/** The URL that the expressions make, or one for each of a list that stands at its start; none where one leads nowhere. */
export function resolveUrls(url: CallbackUrl, message: Message): string[] {
  const [start, ...rest] = url.map((part) => (typeof part === 'string' ? part : evaluate(part, message)));
  const starts = Array.isArray(start) && typeof url[0] === 'object' ? start.slice(0, urlsMax) : [start];
  if (!rest.every(isScalar)) return [];
  // What stands at the start is a URL, or the first part of one; what is put into one later is data.
  const end = rest.map((value, index) =>
    typeof url[index + 1] === 'string' ? value : encodeURIComponent(String(value)),
  );
  return starts.filter(isScalar).map((text) => [text, ...end].join(''));
}

function isScalar(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object' && value !== '';
}

function evaluate(expression: MessageExpression, { request, reply, ...bodies }: Message): unknown {
  switch (expression.source) {
    case 'method':
      return request.method;
    case 'statusCode':
      return reply.status;
    case 'url':
      return `http://${textOf(request.headers.host) ?? 'localhost'}${request.url}`;
    default: {
      const { source } = expression;
      if (expression.part === 'body') {
        const body = source === 'request' ? bodies.requestBody() : bodies.responseBody();
        return expression.keys.length === 0 ? body : valueAt(body, toPointer(expression.keys));
      }
      const { part, name } = expression;
      if (part === 'header') return textOf((source === 'request' ? request : reply).headers[name.toLowerCase()]);
      // A response has neither a query nor a path; those of its request are meant.
      if (part === 'query') return new URLSearchParams(request.query).get(name) ?? undefined;
      return pathParameter(request, name);
    }
  }
}

function pathParameter({ pathParameters }: ApiRequest, name: string): string | undefined {
  const text = Object.hasOwn(pathParameters, name) ? pathParameters[name] : undefined;
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readBody(bytes: Buffer, contentType: string | undefined): unknown {
  const essence = contentType === undefined ? undefined : essenceOf(contentType);
  const text = bytes.toString('utf8');
  if (essence === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text));
  if (essence !== undefined && !isJson(essence)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'object' ? header[0] : header;
}
