import { type Description, isObject, type JsonObject } from '../../documents/index.js';
import { merge } from './merge.js';
import type { Making } from './sample-making.js';
import { flatOf } from './sample-value.js';

const types = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null'];

/** Bounds, and what is beyond them. */
const beyond: Readonly<Record<string, (bound: number) => JsonObject>> = {
  minimum: (bound) => ({ type: 'number', exclusiveMaximum: bound }),
  maximum: (bound) => ({ type: 'number', exclusiveMinimum: bound }),
  exclusiveMinimum: (bound) => ({ type: 'number', maximum: bound }),
  exclusiveMaximum: (bound) => ({ type: 'number', minimum: bound }),
  minLength: (bound) => ({ type: 'string', maxLength: bound - 1 }),
  maxLength: (bound) => ({ type: 'string', minLength: bound + 1 }),
  minItems: (bound) => ({ type: 'array', maxItems: bound - 1 }),
  maxItems: (bound) => ({ type: 'array', minItems: bound + 1 }),
  minProperties: (bound) => ({ type: 'object', maxProperties: bound - 1 }),
  maxProperties: (bound) => ({ type: 'object', minProperties: bound + 1 }),
};

const known = new WeakMap<JsonObject, JsonObject>();

/** A schema whose `not` is said in other words, as far as it can be: what it may be instead, rather than what it may not. */
export function affirmed({ description }: Making, flat: JsonObject): JsonObject {
  const { not, ...rest } = flat;
  if (!isObject(not)) return flat;
  const found = known.get(flat);
  if (found) return found;
  const alternatives = negationsOf(description, not);
  const fitting = alternatives.filter((alternative) => suits(rest, alternative));
  const [only] = fitting;
  const affirmation = fitting.length === 1 ? only : { anyOf: fitting };
  const made =
    affirmation === undefined || fitting.length === 0
      ? flat
      : flatOf(description, {
          schema: merge(rest, flatOf(description, { schema: affirmation, pointer: '' })),
          pointer: '',
        });
  known.set(flat, made);
  return made;
}

/** Whether an alternative is of a type that a schema allows. */
function suits({ type }: JsonObject, alternative: JsonObject): boolean {
  if (type === undefined || alternative.type === undefined) return true;
  const lefts: unknown[] = [type].flat();
  const rights: unknown[] = [alternative.type].flat();
  return lefts.some(
    (left) =>
      rights.includes(left) ||
      (left === 'integer' && rights.includes('number')) ||
      (left === 'number' && rights.includes('integer')),
  );
}

/** Schemas of which a value that a schema does not accept satisfies one; none where it can't be said. */
function negationsOf(description: Description, schema: JsonObject): JsonObject[] {
  /** That a schema does not hold, in other words where there are some. */
  const without = (member: unknown): JsonObject => {
    const found = negationsOf(description, flatOf(description, { schema: member, pointer: '' }));
    return found.length === 0 ? { not: member } : found.length === 1 ? (found[0] as JsonObject) : { anyOf: found };
  };
  const out: JsonObject[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    const bound = typeof value === 'number' ? beyond[keyword]?.(value) : undefined;
    if (bound) out.push(bound);
    else if (keyword === 'not') out.push(isObject(value) ? value : {});
    else if (keyword === 'type') {
      const excluded: unknown[] = [value].flat();
      out.push({
        type: types.filter(
          (type) =>
            !excluded.includes(type) && !(type === 'integer' && excluded.includes('number')) && type !== 'number',
        ),
      });
    } else if (keyword === 'const') out.push({ not: { const: value } });
    else if (keyword === 'enum') out.push({ not: { enum: value } });
    else if (keyword === 'pattern') out.push({ type: 'string', not: { pattern: value } });
    else if (keyword === 'multipleOf') out.push({ type: 'number', not: { multipleOf: value } });
    else if (keyword === 'required' && Array.isArray(value))
      out.push(...value.map((name) => ({ type: 'object', properties: { [name]: false } })));
    else if (keyword === 'properties' && isObject(value))
      out.push(
        ...Object.entries(value).map(([name, property]) => ({
          type: 'object',
          required: [name],
          properties: { [name]: { not: property } },
        })),
      );
    else if (keyword === 'items') out.push({ type: 'array', contains: { not: value } });
    else if (keyword === 'contains') out.push({ type: 'array', items: { not: value } });
    else if (keyword === 'uniqueItems' && value === true)
      out.push({ type: 'array', minItems: 2, not: { uniqueItems: true } });
    else if (keyword === 'allOf' && Array.isArray(value)) out.push(...value.map((member) => ({ not: member })));
    else if (keyword === 'anyOf' && Array.isArray(value)) out.push({ allOf: value.map(without) });
    else if (keyword === 'oneOf' && Array.isArray(value))
      out.push(
        { allOf: value.map(without) },
        ...value.slice(1).map((member, index) => ({ allOf: [value[index], member] })),
      );
    else if (keyword === '$ref') out.push({ not: schema });
  }
  return out;
}
