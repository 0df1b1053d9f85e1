import { fromPointer, isObject, type JsonObject } from '../../documents/index.js';
import type { Criterion } from './criterion.js';
import { looksLikeExpression, refuseReply } from './expression.js';
import { inMember } from './mistake.js';
import { parseWhen } from './rule.js';
import { parseTemplate, type Template } from './template.js';

/** What an operation does to an item besides what its method says (`effect: change`), and in which state of it. */
export interface Change {
  /** Alternatives; of one of them each criterion holds. None: in any state. */
  readonly when: readonly (readonly Criterion[])[];
  readonly set: readonly Setting[];
  /** Name of the example to answer with where the state is another. */
  readonly otherwise?: string;
}

export interface Setting {
  readonly pointer: string;
  readonly keys: readonly string[];
  readonly value: Template;
}

/** `when`, `set` and `else` of an `x-standin-resource`. */
export function parseChange({ when, set, else: otherwise }: JsonObject): Change {
  return {
    when: when === undefined ? [] : inMember('when', () => parseWhen(when)).map(({ criteria }) => criteria),
    set: Object.entries(isObject(set) ? set : {}).map(([pointer, value]) => ({
      pointer,
      keys: fromPointer(pointer),
      value: inMember('set', () => inMember(pointer, () => parseValue(value))),
    })),
    ...(typeof otherwise === 'string' && { otherwise }),
  };
}

function parseValue(value: unknown): Template {
  if (typeof value === 'string' && looksLikeExpression(value)) refuseReply(value);
  return parseTemplate(value);
}
