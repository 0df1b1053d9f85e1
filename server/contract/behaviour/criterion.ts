import { query } from 'jsonpath-rfc9535';
import { isObject } from '../../documents/index.js';
import { type Pattern, patternOf } from '../pattern/index.js';
import { type Condition, parseCondition } from './condition.js';
import { type Expression, parseExpression } from './expression.js';
import { singularKeys } from './singular-query.js';

/** An Arazzo criterion object (Arazzo 1.0.1 §4.6.11), parsed. */
export type Criterion =
  | { readonly type: 'simple'; readonly condition: Condition }
  | { readonly type: 'regex'; readonly context: Expression; readonly pattern: Pattern }
  /** Holds where the query selects at least one node. `keys` where it can select but one, there. */
  | {
      readonly type: 'jsonpath';
      readonly context: Expression;
      readonly query: string;
      readonly keys?: readonly string[];
    };

/** @throws Error that says what is wrong with it. */
export function parseCriterion(value: unknown): Criterion {
  if (!isObject(value) || typeof value.condition !== 'string') throw new Error('a criterion needs a `condition`');
  const { condition } = value;
  const type = isObject(value.type) ? value.type.type : (value.type ?? 'simple');
  if (type === 'simple') return { type, condition: parseCondition(condition) };
  if (typeof value.context !== 'string')
    throw new Error(`a criterion of type ${type} needs a \`context\`, a runtime expression`);
  const context = parseExpression(value.context);
  if (type === 'regex') return { type, context, pattern: patternOf(condition, 'u') };
  if (type === 'jsonpath') {
    query(null, condition);
    const keys = singularKeys(condition);
    return { type, context, query: condition, ...(keys && { keys }) };
  }
  throw new Error(`criteria of type ${String(type)} are not supported; use simple, regex or jsonpath`);
}
