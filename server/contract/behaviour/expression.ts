import { fromPointer } from '../../documents/index.js';

/** A runtime expression (OpenAPI 3.1.1 §4.8.20.4, Arazzo 1.0.1 §4.7), parsed. See docs/extensions.md. */
export type Expression =
  | { readonly source: 'method' | 'url' | 'violations' }
  | { readonly source: 'path' | 'query' | 'header'; readonly name: string; readonly keys: readonly string[] }
  | { readonly source: 'body' | 'resource' | 'parent'; readonly keys: readonly string[] }
  | { readonly source: 'violation'; readonly name: 'location' | 'pointer' | 'field' | 'keyword' | 'message' }
  /** Of the reply; only in what follows it. */
  | { readonly source: 'statusCode' }
  | { readonly source: 'responseHeader'; readonly name: string }
  | { readonly source: 'responseBody'; readonly keys: readonly string[] }
  | { readonly source: 'generated'; readonly name: 'uuid' | 'ulid' | 'date-time' | 'token' };

const forms: readonly (readonly [RegExp, (match: RegExpExecArray) => Expression])[] = [
  [/^\$(method|url|violations)$/, ([, source]) => ({ source: source as 'method' })],
  [
    /^\$request\.(path|query|header)\.([^#]+)(?:#(\/.*)?)?$/,
    ([, source, name = '', pointer]) => ({ source: source as 'path', name, keys: keysOf(pointer) }),
  ],
  [/^\$request\.body(?:#(\/.*)?)?$/, ([, pointer]) => ({ source: 'body', keys: keysOf(pointer) })],
  [
    /^\$(resource|parent)(?:#(\/.*)?)?$/,
    ([, source, pointer]) => ({ source: source as 'resource', keys: keysOf(pointer) }),
  ],
  [
    /^\$violation\.(location|pointer|field|keyword|message)$/,
    ([, name]) => ({ source: 'violation', name: name as 'field' }),
  ],
  [/^\$generated\.(uuid|ulid|date-time|token)$/, ([, name]) => ({ source: 'generated', name: name as 'uuid' })],
];

const keysOf = (pointer: string | undefined) => (pointer ? fromPointer(pointer) : []);

/** Whether a text means to be an expression: it starts as one does. */
export function looksLikeExpression(text: string): boolean {
  return /^\$(?:method|url|statusCode|request|response|resource|parent|violations?|generated|inputs|steps)(?![A-Za-z])/.test(
    text,
  );
}

/** @throws Error that names what may stand there. */
export function parseExpression(text: string): Expression {
  for (const [form, read] of forms) {
    const match = form.exec(text);
    if (match) return read(match);
  }
  throw new Error(
    `"${text}" is not a runtime expression; expected $method, $url, $request.path.NAME, $request.query.NAME, $request.header.NAME, ` +
      '$request.body#/POINTER, $resource#/POINTER, $parent#/POINTER, $violations, $violation.(location|pointer|field|keyword|message) ' +
      'or $generated.(uuid|ulid|date-time|token)',
  );
}

const messageForms: typeof forms = [
  [/^\$statusCode$/, () => ({ source: 'statusCode' })],
  [/^\$response\.header\.([^#]+)$/, ([, name = '']) => ({ source: 'responseHeader', name })],
  [/^\$response\.body(?:#(\/.*)?)?$/, ([, pointer]) => ({ source: 'responseBody', keys: keysOf(pointer) })],
];

/**
 * An expression that speaks of a request and of the reply to it, once that is made.
 *
 * @throws Error that names what may stand there.
 */
export function parseMessageExpression(text: string): Expression {
  for (const [form, read] of messageForms) {
    const match = form.exec(text);
    if (match) return read(match);
  }
  if (/^\$(?:method$|url$|request\.|generated\.)/.test(text)) return parseExpression(text);
  throw new Error(
    `"${text}" is not a runtime expression that can stand here; expected $method, $url, $statusCode, $request.path.NAME, ` +
      '$request.query.NAME, $request.header.NAME, $request.body#/POINTER, $response.header.NAME, $response.body#/POINTER ' +
      'or $generated.(uuid|ulid|date-time|token)',
  );
}
