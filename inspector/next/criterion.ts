import type { Criterion } from '../control/types.js';

/** What must hold of a request, as people fill it in. */
export interface Requirement {
  readonly where: 'path' | 'query' | 'header' | 'body' | 'condition';
  /** Of the parameter; of a body a JSON Pointer, or the name of a member; of a condition nothing. */
  readonly name: string;
  readonly comparison: 'is' | 'is not' | 'matches';
  /** A condition as it is written, or what is compared with. */
  readonly value: string;
}

/** The Arazzo criterion object (Arazzo 1.0.1 §4.6.11) that says the same. */
export function criterionOf({ where, name, comparison, value }: Requirement): Criterion {
  if (where === 'condition') return { condition: value };
  const expression = expressionOf(where, name);
  if (comparison === 'matches') return { context: expression, type: 'regex', condition: value };
  // Simple conditions end an expression at these; a context is an expression as a whole.
  if (/[\s()&|=!<>]/.test(expression)) {
    const text = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return { context: expression, type: 'regex', condition: comparison === 'is' ? `^${text}$` : `^(?!${text}$)` };
  }
  const [operator, join] = comparison === 'is' ? (['==', '||'] as const) : (['!=', '&&'] as const);
  const text = `'${value.replaceAll("'", "''")}'`;
  // Values of different types are never equal, and a form does not know which of them the document means.
  const literals = /^(?:-?\d+(?:\.\d+)?|true|false|null)$/.test(value) ? [value, text] : [text];
  return { condition: literals.map((literal) => `${expression} ${operator} ${literal}`).join(` ${join} `) };
}

function expressionOf(where: Exclude<Requirement['where'], 'condition'>, name: string): string {
  if (where !== 'body') return `$request.${where}.${name}`;
  if (name === '') return '$request.body';
  return `$request.body#${name.startsWith('/') ? name : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`}`;
}

/** As it is read in a list. */
export const textOfCriterion = ({ condition, context, type }: Criterion) =>
  context === undefined ? condition : `${context} ${type === 'jsonpath' ? 'has' : 'matches'} ${condition}`;
