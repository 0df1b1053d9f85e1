import { type Expression, parseConditionExpression } from './expression.js';

/** A simple condition (Arazzo 1.0.1 §4.6.11.1), parsed. */
export type Condition<E = Expression> =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'expression'; readonly expression: E }
  | { readonly kind: 'not'; readonly operand: Condition<E> }
  | { readonly kind: 'and' | 'or'; readonly left: Condition<E>; readonly right: Condition<E> }
  | {
      readonly kind: 'compare';
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
      readonly left: Condition<E>;
      readonly right: Condition<E>;
    };

const token =
  /\s*(?:(\|\||&&|==|!=|<=|>=|[<>!()])|('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(true|false|null)(?!\w)|(\$[^\s()&|=!<>]+))/y;

/**
 * @param parse reads the expressions in it
 * @throws Error that names the place in the text.
 */
export function parseCondition(text: string): Condition;
export function parseCondition<E>(text: string, parse: (expression: string) => E): Condition<E>;
export function parseCondition(
  text: string,
  parse: (expression: string) => Expression = parseConditionExpression,
): Condition {
  const tokens = tokenize(text, parse);
  let at = 0;
  const take = (...wanted: string[]) => (wanted.includes(tokens[at]?.text ?? '') ? tokens[at++]?.text : undefined);

  function either(): Condition {
    let left = both();
    while (take('||')) left = { kind: 'or', left, right: both() };
    return left;
  }
  function both(): Condition {
    let left = comparison();
    while (take('&&')) left = { kind: 'and', left, right: comparison() };
    return left;
  }
  function comparison(): Condition {
    const left = operand();
    const operator = take('==', '!=', '<', '<=', '>', '>=') as '==' | undefined;
    return operator ? { kind: 'compare', operator, left, right: operand() } : left;
  }
  function operand(): Condition {
    if (take('!')) return { kind: 'not', operand: operand() };
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw new Error(`"${text}" lacks a closing parenthesis`);
      return inner;
    }
    const next = tokens[at++];
    if (!next?.value)
      throw new Error(
        `"${text}" is not a condition: expected a value ${next ? `before "${next.text}"` : 'at its end'}`,
      );
    return next.value;
  }

  const condition = either();
  if (at < tokens.length) throw new Error(`"${text}" is not a condition: unexpected "${tokens[at]?.text}"`);
  return condition;
}

function tokenize(text: string, parse: (expression: string) => Expression): { text: string; value?: Condition }[] {
  const tokens: { text: string; value?: Condition }[] = [];
  token.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ''; end = token.lastIndex) {
    const match = token.exec(text);
    if (!match)
      throw new Error(
        `"${text}" is not a condition: can't read "${text.slice(end).trim()}" (strings stand in single quotes)`,
      );
    const [, operator, string, number, word, expression] = match;
    if (operator) tokens.push({ text: operator });
    else if (string)
      tokens.push({ text: string, value: { kind: 'literal', value: string.slice(1, -1).replaceAll("''", "'") } });
    else if (number) tokens.push({ text: number, value: { kind: 'literal', value: Number(number) } });
    else if (word) tokens.push({ text: word, value: { kind: 'literal', value: JSON.parse(word) } });
    else if (expression)
      tokens.push({ text: expression, value: { kind: 'expression', expression: parse(expression) } });
  }
  return tokens;
}
