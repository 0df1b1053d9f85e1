import { fromPointer } from '../documents/index.js';

/** A runtime expression as OpenAPI has it (3.1.1 §4.8.20.4): it speaks of a request and of the response to it. */
export type MessageExpression =
  | { readonly source: 'url' | 'method' | 'statusCode' }
  | { readonly source: 'request' | 'response'; readonly part: 'header' | 'query' | 'path'; readonly name: string }
  | { readonly source: 'request' | 'response'; readonly part: 'body'; readonly keys: readonly string[] };

/** A URL made of texts and expressions. */
export type CallbackUrl = readonly (string | MessageExpression)[];

/** `https://example.com?id={$request.body#/id}`, or an expression alone; `undefined` where an expression can't be read. */
export function parseCallbackUrl(text: string): CallbackUrl | undefined {
  if (text.startsWith('$')) {
    const whole = parseMessageExpression(text);
    return whole && [whole];
  }
  const parts = text.split(/(\{\$[^{}]*\})/).filter((part) => part !== '');
  const read = parts.map((part) => (part.startsWith('{$') ? parseMessageExpression(part.slice(1, -1)) : part));
  return read.some((part) => part === undefined) ? undefined : (read as CallbackUrl);
}

function parseMessageExpression(text: string): MessageExpression | undefined {
  const [, bare] = /^\$(url|method|statusCode)$/.exec(text) ?? [];
  if (bare) return { source: bare as 'url' };
  const [, source, part, name] = /^\$(request|response)\.(header|query|path)\.(.+)$/.exec(text) ?? [];
  if (source && part && name) return { source: source as 'request', part: part as 'query', name };
  const [, of, pointer = ''] = /^\$(request|response)\.body(?:#((?:\/.*)?))?$/.exec(text) ?? [];
  return of ? { source: of as 'request', part: 'body', keys: pointer === '' ? [] : fromPointer(pointer) } : undefined;
}
