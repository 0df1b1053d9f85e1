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

export function messageOf(request: ApiRequest, reply: Reply): Message {
  return {
    request,
    reply,
    requestBody: lazy(() => {
      const { body } = request;
      if (body.kind === 'parsed') return body.value;
      return body.kind === 'bytes' ? readBody(body.bytes, textOf(request.headers['content-type'])) : undefined;
    }),
    responseBody: lazy(() => reply.body && readBody(reply.body, textOf(reply.headers['content-type']))),
  };
}

/** The URL that the expressions make; `undefined` where one of them leads nowhere. */
export function resolveUrl(url: CallbackUrl, message: Message): string | undefined {
  const parts = url.map((part, index) => {
    if (typeof part === 'string') return part;
    const value = evaluate(part, message);
    if (value === undefined || value === null || typeof value === 'object' || value === '') return undefined;
    // What stands at the start is a URL, or the first part of one; what is put into one later is data.
    return index === 0 ? String(value) : encodeURIComponent(String(value));
  });
  return parts.some((part) => part === undefined) ? undefined : parts.join('');
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
