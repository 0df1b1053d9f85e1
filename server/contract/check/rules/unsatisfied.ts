import { type Description, valueAt } from '../../../documents/index.js';
import { createChance } from '../../chance.js';
import { lazy } from '../../lazy.js';
import { createSampler, type Direction, type Located, type Sampler } from '../../schema/index.js';
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

/** The description without the values that its schemas suggest: where they are wrong, `example-schema-invalid` and `default-invalid` tell. */
function withoutSuggestions({ description, parts }: CheckedDocument): Description {
  const root = structuredClone(description.root);
  for (const { pointer } of parts.of('Schema')) {
    const schema = valueAt(root, pointer) as Record<string, unknown> | undefined;
    for (const keyword of ['example', 'examples', 'default']) delete schema?.[keyword];
  }
  return { ...description, root };
}

/** Why nothing that is made of a schema satisfies it; `undefined` where something does. */
function failure(
  { validators, description }: CheckedDocument,
  bare: () => Description,
  located: Located,
  direction: Direction,
): string | undefined {
  const validator = validators.of(located.schema, located.pointer, direction);
  let value: unknown;
  /** Whether what is made of the schema as it stands in a description is valid, sooner or later. */
  const succeeds = (sample: Sampler) => {
    const chance = createChance(located.pointer);
    for (let attempt = 0; attempt < tries; attempt++) {
      value = sample(attempt === 0 ? 'documented' : 'fresh', chance);
      if (validator.check(value)) return true;
    }
    return false;
  };
  try {
    if (succeeds(createSampler(description, located, direction))) return undefined;
    const schema = valueAt(bare().root, located.pointer) ?? located.schema;
    if (succeeds(createSampler(bare(), { schema, pointer: located.pointer }, direction))) return undefined;
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
      const bare = lazy(() => withoutSuggestions(document));
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
        const why = failure(document, bare, { schema, pointer: `${part.pointer}/schema` }, direction);
        if (why !== undefined)
          yield { pointer: at.pointer, message: `no value was found that this schema accepts: ${why}` };
      }
    },
  },
];
