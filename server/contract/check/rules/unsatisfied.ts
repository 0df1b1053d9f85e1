import { createChance } from '../../chance.js';
import { createSampler, type Direction } from '../../schema/index.js';
import type { CheckedDocument } from '../checked-document.js';
import { reason } from '../examples.js';
import type { Part } from '../parts.js';
import type { CheckRule } from '../rule.js';

/** A schema may need luck, where the branches of a `oneOf` overlap; more tries than this would be hoping. */
const tries = 12;

function directionOf(part: Part): Direction {
  for (let holder: Part | undefined = part; holder; holder = holder.holder)
    if (holder.kind === 'RequestBody' || holder.kind === 'Parameter') return 'request';
  return 'response';
}

/** Why nothing that is made of a schema satisfies it; `undefined` where something does. */
function failure(
  { description, validators }: CheckedDocument,
  schema: unknown,
  pointer: string,
  direction: Direction,
): string | undefined {
  const validator = validators.of(schema, pointer, direction);
  const sample = createSampler(description, { schema, pointer }, direction);
  const chance = createChance(pointer);
  let value: unknown;
  try {
    for (let attempt = 0; attempt < tries; attempt++) {
      value = sample(attempt === 0 ? 'documented' : 'fresh', chance);
      if (validator.check(value)) return undefined;
    }
  } catch (error) {
    // A schema that contains itself without end; `circular-reference` tells of it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return reason([validator], value);
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
      const exemplified = document
        .examples()
        .filter((example) => example.class === 'valid' || example.class === 'repairable');
      for (const part of [...parts.of('MediaType'), ...parts.of('Parameter'), ...parts.of('Header')]) {
        const { schema } = part.value;
        if (schema === undefined || schema === true) continue;
        const at = document.follow(schema, `${part.pointer}/schema`);
        if (!at) continue;
        const direction = directionOf(part);
        const key = `${direction} ${at.pointer}`;
        if (told.has(key) || exemplified.some(({ pointer }) => pointer.startsWith(`${part.pointer}/example`))) continue;
        told.add(key);
        const why = failure(document, schema, `${part.pointer}/schema`, direction);
        if (why !== undefined)
          yield { pointer: at.pointer, message: `no value was found that this schema accepts: ${why}` };
      }
    },
  },
];
