import { type Description, isObject, resolve, toPointer } from '../documents/index.js';
import type { Chance } from './chance.js';
import type { Example, ExampleState } from './contract.js';
import { jsonInside } from './json-inside.js';
import { isJson } from './media-type.js';
import { createSampler, type Direction, flatten, follow, type Sampler, type Validator } from './schema/index.js';

/** What the examples of a media type are read from. */
export interface ExampleContext {
  readonly description: Description;
  readonly mediaType: string;
  readonly validator: Validator;
  readonly sample: Sampler;
  readonly direction: Direction;
  readonly chance: Chance;
}

/**
 * The examples of a Media Type Object: its `example` or `examples`; else those its schema gives, one for each branch of a
 * `oneOf` or `anyOf`; else a generated one. Where every documented one is invalid, a generated one is added at the end.
 */
export function readExamples(
  context: ExampleContext,
  mediaTypeObject: Readonly<Record<string, unknown>>,
  pointer: string,
): Example[] {
  const documented = documentedExamples(context, mediaTypeObject, pointer);
  if (documented.some(({ state }) => state.kind !== 'invalid')) return documented;
  const fromSchema =
    mediaTypeObject.schema === undefined ? [] : schemaExamples(context, mediaTypeObject.schema, `${pointer}/schema`);
  const usable = fromSchema.filter(({ state }) => state.kind !== 'invalid');
  if (usable.length > 0) return documented.length > 0 ? [...documented, ...usable.slice(0, 1)] : usable;
  return [...documented, ...fromSchema, generatedExample(context, pointer)];
}

function documentedExamples(
  context: ExampleContext,
  { example, examples }: Readonly<Record<string, unknown>>,
  pointer: string,
): Example[] {
  if (isObject(examples)) {
    return Object.entries(examples).flatMap(([name, entry]) => {
      const at = `${pointer}${toPointer(['examples', name])}`;
      const resolved = resolve(context.description, entry, at);
      const { value } = resolved;
      if (!isObject(value) || !('value' in value)) return [];
      const summary = typeof value.summary === 'string' ? { summary: value.summary } : {};
      return [{ ...judge(context, value.value, `${resolved.pointer}/value`, 'documented'), name, ...summary }];
    });
  }
  return example === undefined ? [] : [judge(context, example, `${pointer}/example`, 'documented')];
}

function schemaExamples(context: ExampleContext, schema: unknown, pointer: string): Example[] {
  const { description } = context;
  const located = follow(description, { schema, pointer });
  const flat = flatten(description, located);
  if (Array.isArray(flat.examples) && flat.examples.length > 0) {
    return flat.examples.map((value, index) => judge(context, value, `${located.pointer}/examples/${index}`, 'schema'));
  }
  if (flat.example !== undefined) return [judge(context, flat.example, `${located.pointer}/example`, 'schema')];
  for (const keyword of ['oneOf', 'anyOf']) {
    const members = flat[keyword];
    if (!Array.isArray(members) || 'properties' in flat) continue;
    return members.map((member, index) => {
      const at = { schema: member, pointer: `${located.pointer}/${keyword}/${index}` };
      const branch = createBranchSample(context, at);
      const name = branchName(description, at);
      return { ...judge(context, branch, at.pointer, 'schema'), ...(name && { name }) };
    });
  }
  return [judge(context, context.sample('documented', context.chance), located.pointer, 'schema')];
}

function createBranchSample(
  { description, direction, chance }: ExampleContext,
  located: { schema: unknown; pointer: string },
): unknown {
  return createSampler(description, located, direction)('documented', chance);
}

function branchName(
  description: Description,
  { schema, pointer }: { schema: unknown; pointer: string },
): string | undefined {
  if (isObject(schema) && typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1);
  const { title } = flatten(description, { schema, pointer });
  return typeof title === 'string' ? title : undefined;
}

/** A schema may need luck (a `oneOf` whose branches overlap, say); more tries than this would be hoping. */
const generationTries = 8;

function generatedExample(context: ExampleContext, pointer: string): Example {
  let value: unknown;
  for (let attempt = 0; attempt < generationTries; attempt++) {
    value = context.sample('fresh', context.chance);
    if (context.validator.check(value)) break;
  }
  return judge(context, value, pointer, 'generated');
}

function judge(context: ExampleContext, value: unknown, pointer: string, origin: Example['origin']): Example {
  const [served, state] = classify(context, value);
  return { origin, pointer, value: served, bytes: toBytes(served, context.mediaType), state };
}

/** The value that an example stands for, and how it fares. Only certain repairs are made: the result must be valid. */
function classify({ mediaType, validator }: ExampleContext, value: unknown): [unknown, ExampleState] {
  if (!isJson(mediaType)) {
    const isText = typeof value === 'string';
    return isText || validator.check(value)
      ? [value, { kind: 'valid' }]
      : [value, { kind: 'invalid', violations: validator.violations(value, 'body') }];
  }
  const inside = typeof value === 'string' ? jsonInside(value) : undefined;
  const isValid = validator.check(value);
  if (inside && validator.check(inside.value) && (!isValid || acceptsAnything(validator)))
    return [inside.value, { kind: 'repaired', how: inside.how }];
  return [value, isValid ? { kind: 'valid' } : { kind: 'invalid', violations: validator.violations(value, 'body') }];
}

function acceptsAnything({ check }: Validator): boolean {
  return check('') && check(0) && check(null) && check([]) && check({});
}

/** A body as it goes out: JSON for JSON types, text as it is for others. */
export function toBytes(value: unknown, mediaType: string): Buffer {
  return Buffer.from(typeof value === 'string' && !isJson(mediaType) ? value : (JSON.stringify(value) ?? 'null'));
}
