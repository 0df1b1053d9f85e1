import { createChance } from '../../chance.js';
import { type Model, modelOf } from '../../media/index.js';
import { essenceOf, parseContentType } from '../../media-type.js';
import { createSampler, type Direction } from '../../schema/index.js';
import { type CheckedDocument, membersOf } from '../checked-document.js';
import { reason } from '../examples.js';
import type { Part } from '../parts.js';
import type { CheckRule } from '../rule.js';

function directionOf(part: Part): Direction {
  for (let holder: Part | undefined = part; holder; holder = holder.holder)
    if (holder.kind === 'RequestBody' || holder.kind === 'Parameter') return 'request';
  return 'response';
}

/** What the mock makes values of a part with, and checks them with. */
function generatorOf(
  { description, validators }: CheckedDocument,
  part: Part,
  direction: Direction,
): Pick<Model, 'sample' | 'validator'> | undefined {
  if (part.kind === 'MediaType') {
    const contentType = essenceOf(part.key) === undefined ? undefined : parseContentType(part.key);
    return contentType && modelOf({ description, validators, direction }, contentType, part.value, part.pointer);
  }
  const located = { schema: part.value.schema, pointer: `${part.pointer}/schema` };
  return {
    sample: createSampler(description, located, direction, validators),
    validator: validators.of(located.schema, located.pointer, direction),
  };
}

/** Why nothing that the mock makes of a part satisfies its schema; `undefined` where something does. */
function failure(document: CheckedDocument, part: Part, direction: Direction): string | undefined {
  try {
    const generator = generatorOf(document, part, direction);
    if (!generator) return undefined;
    const { sample, validator } = generator;
    const chance = createChance(part.pointer);
    if (validator.check(sample('documented', chance))) return undefined;
    const value = sample('fresh', chance);
    return validator.check(value) ? undefined : reason([validator], value);
  } catch (error) {
    // A schema that contains itself without end; `circular-reference` tells of it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export const unsatisfied: readonly CheckRule[] = [
  {
    id: 'schema-unsatisfied',
    severity: 'warning',
    finds:
      'A schema of a body, parameter or header for which standin finds no value that it accepts, and the document has no valid example. What is sent in its stead contradicts the document.',
    advice: 'add an example, or correct the schema',
    *examine(document) {
      const { parts } = document;
      const told = new Set<string>();
      const exemplified = new Set(
        document
          .examples()
          .filter((example) => example.class === 'valid' || example.class === 'repairable')
          .map(({ pointer }) => pointer),
      );
      for (const part of [...parts.of('MediaType'), ...parts.of('Parameter'), ...parts.of('Header')]) {
        const { schema, examples } = part.value;
        if (schema === undefined || schema === true) continue;
        const at = document.follow(schema, `${part.pointer}/schema`);
        if (!at) continue;
        const direction = directionOf(part);
        const key = `${direction} ${at.pointer}`;
        const named = [...membersOf(document, examples, `${part.pointer}/examples`)];
        const isExemplified = [`${part.pointer}/example`, ...named.map(({ pointer }) => pointer)].some((pointer) =>
          exemplified.has(pointer),
        );
        if (told.has(key) || isExemplified) continue;
        told.add(key);
        const why = failure(document, part, direction);
        // To look for a value may take long.
        yield why === undefined
          ? undefined
          : { pointer: at.pointer, message: `no value was found that this schema accepts: ${why}` };
      }
    },
  },
];
