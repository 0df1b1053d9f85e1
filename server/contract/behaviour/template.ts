import { isObject } from '../../documents/index.js';
import { type Expression, looksLikeExpression, parseExpression, parseMessageExpression } from './expression.js';

/** A body with runtime expressions in it (`x-standin-value`), parsed. */
export type Template =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: Template])[] }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'each'; readonly over: Expression; readonly item: Template };

type ParseExpression = (text: string) => Expression;

/** @throws Error where a string in it means to be an expression and is none. */
export function parseTemplate(value: unknown): Template {
  return parseWith(parseExpression, value);
}

/**
 * As `parseTemplate`, of what is made once the reply is there.
 *
 * @throws Error where a string in it means to be an expression and is none.
 */
export function parseMessageTemplate(value: unknown): Template {
  return parseWith(parseMessageExpression, value);
}

function parseWith(parse: ParseExpression, value: unknown): Template {
  if (typeof value === 'string') return parseText(value, parse);
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => parseWith(parse, item)) };
  if (!isObject(value)) return { kind: 'literal', value };
  if ('$each' in value) {
    if (typeof value.$each !== 'string' || !('$item' in value))
      throw new Error('`$each` needs an expression, and an `$item` beside it');
    return { kind: 'each', over: parse(value.$each), item: parseWith(parse, value.$item) };
  }
  return {
    kind: 'object',
    members: Object.entries(value).map(([name, member]) => [name, parseWith(parse, member)] as const),
  };
}

function parseText(text: string, parse: ParseExpression): Template {
  if (looksLikeExpression(text)) return { kind: 'expression', expression: parse(text) };
  const parts = text.split(/\{(\$[^{}]+)\}/).map((part, index) => (index % 2 === 0 ? part : parse(part)));
  return parts.length === 1
    ? { kind: 'literal', value: text }
    : { kind: 'text', parts: parts.filter((part) => part !== '') };
}
