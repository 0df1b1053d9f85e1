import { essenceOf, isJson, type MessageExpression } from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import type { Blank, CaseRequest } from '../case.js';
import type { Answer } from './answer.js';

/** What was asked, and what came back. */
export interface Exchange {
  readonly request: CaseRequest;
  readonly answer: Answer;
  readonly baseUrl: string;
  /** Unix time, in milliseconds. */
  readonly startedAt: number;
  readonly elapsedMs: number;
}

/** The request with the values that the exchange before it has; else the first that it has not. */
export function fillBlanks(
  request: CaseRequest,
  blanks: readonly Blank[],
  exchange: Pick<Exchange, 'request' | 'answer' | 'baseUrl'>,
): CaseRequest | { readonly missing: string } {
  let filled = request;
  for (const { text, value: expression } of blanks) {
    const value = evaluate(expression, exchange);
    if (value === undefined || value === null) return { missing: written(expression) };
    const isCompound = isObject(value) || Array.isArray(value);
    const { path, headers, body } = filled;
    if (isCompound && (path.includes(text) || Object.values(headers).some((header) => header.includes(text))))
      return { missing: `single value at ${written(expression)}` };
    const plain = isCompound ? JSON.stringify(value) : String(value);
    const isJsonBody = isJson(essenceOf(headers['content-type'] ?? '') ?? '');
    filled = {
      ...filled,
      path: path.replaceAll(text, () => encodeURIComponent(plain)),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, header]) => [name, header.replaceAll(text, () => plain)]),
      ),
      ...(body !== undefined && {
        body: isJsonBody
          ? body
              .replaceAll(`"${text}"`, () => JSON.stringify(value))
              .replaceAll(text, () => JSON.stringify(plain).slice(1, -1))
          : body.replaceAll(text, () => plain),
      }),
    };
  }
  return filled;
}

function evaluate(
  expression: MessageExpression,
  { request, answer, baseUrl }: Pick<Exchange, 'request' | 'answer' | 'baseUrl'>,
): unknown {
  switch (expression.source) {
    case 'statusCode':
      return answer.status;
    case 'method':
      return request.method;
    case 'url':
      return `${baseUrl}${request.path}`;
    default: {
      if (expression.part === 'body') return valueAt(bodyOf(answer), toPointer(expression.keys));
      const header = expression.part === 'header' ? answer.headers[expression.name.toLowerCase()] : undefined;
      return typeof header === 'object' ? header[0] : header;
    }
  }
}

function bodyOf({ headers, body }: Answer): unknown {
  const contentType = String(headers['content-type'] ?? '');
  if (!isJson(essenceOf(contentType) ?? '')) return body.toString('utf8');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `$response.body#/id` */
function written(expression: MessageExpression): string {
  if (!('part' in expression)) return `$${expression.source}`;
  const { source, part } = expression;
  return part === 'body' ? `$${source}.body#${toPointer(expression.keys)}` : `$${source}.${part}.${expression.name}`;
}
