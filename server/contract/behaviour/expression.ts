import { fromPointer } from '../../documents/index.js';

/** A runtime expression (OpenAPI 3.1.1 §4.8.20.4, Arazzo 1.0.1 §4.7), parsed. See docs/extensions.md. */
export type Expression =
  | { readonly source: 'method' | 'url' | 'violations' | 'statusCode' }
  | { readonly source: 'responseHeader'; readonly name: string }
  | { readonly source: 'path' | 'query' | 'header'; readonly name: string; readonly keys: readonly string[] }
  | { readonly source: 'body' | 'resource' | 'parent' | 'responseBody'; readonly keys: readonly string[] }
  | { readonly source: 'violation'; readonly name: 'location' | 'pointer' | 'field' | 'keyword' | 'message' }
  | { readonly source: 'generated'; readonly name: 'uuid' | 'ulid' | 'date-time' | 'token' };

const forms: readonly (readonly [RegExp, (match: RegExpExecArray) => Expression])[] = [
  [/^\$(method|url|violations|statusCode)$/, ([, source]) => ({ source: source as 'method' })],
  [
    /^\$request\.(path|query|header)\.([^#]+)(?:#(\/.*)?)?$/,
    ([, source, name = '', pointer]) => ({ source: source as 'path', name, keys: keysOf(pointer) }),
  ],
  [/^\$request\.body(?:#(\/.*)?)?$/, ([, pointer]) => ({ source: 'body', keys: keysOf(pointer) })],
  [/^\$response\.header\.([^#]+)$/, ([, name = '']) => ({ source: 'responseHeader', name })],
  [/^\$response\.body(?:#(\/.*)?)?$/, ([, pointer]) => ({ source: 'responseBody', keys: keysOf(pointer) })],
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
      '$request.body#/POINTER, $statusCode, $response.header.NAME, $response.body#/POINTER, $resource#/POINTER, $parent#/POINTER, $violations, $violation.(location|pointer|field|keyword|message) ' +
      'or $generated.(uuid|ulid|date-time|token)',
  );
}

/** @throws Error where an expression speaks of the reply, in a place that is read before there is one. */
export function refuseReply(text: string): void {
  if (/^\$(?:statusCode|response)\b/.test(text))
    throw new Error(`"${text}" speaks of the reply, which is not decided yet; use $request, $resource or $parent`);
}

/** An expression in a condition: what comes before the reply. In it, parts of a value may also be named as in JavaScript. */
export function parseConditionExpression(text: string): Expression {
  refuseReply(text);
  // Arazzo 1.0.1 §4.6.11.1 has `.` and `[]` among the operators of simple conditions.
  const [, base = text, path = ''] =
    /^(\$(?:request\.body|resource|parent))((?:\.[\p{ID_Start}_$][\p{ID_Continue}$-]*|\[\d+\])+)$/u.exec(text) ?? [];
  const expression = parseExpression(base);
  if (path === '' || !('keys' in expression)) return expression;
  const keys = [...path.matchAll(/\.([^.[]+)|\[(\d+)\]/g)].map(([, name, index]) => (name ?? index) as string);
  return { ...expression, keys };
}

/**
 * An expression that speaks of a request and of the reply to it, once that is made.
 *
 * @throws Error that names what may stand there.
 */
export function parseMessageExpression(text: string): Expression {
  if (/^\$(?:method$|url$|statusCode$|request\.|response\.|generated\.)/.test(text)) return parseExpression(text);
  throw new Error(
    `"${text}" is not a runtime expression that can stand here; expected $method, $url, $statusCode, $request.path.NAME, ` +
      '$request.query.NAME, $request.header.NAME, $request.body#/POINTER, $response.header.NAME, $response.body#/POINTER ' +
      'or $generated.(uuid|ulid|date-time|token)',
  );
}
