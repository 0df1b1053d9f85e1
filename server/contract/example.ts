import { type Description, isObject, type JsonObject, resolve, toPointer } from '../documents/index.js';
import type { Chance } from './chance.js';
import type { Example, ExampleState } from './contract.js';
import { jsonInside } from './json-inside.js';
import type { Model } from './media/index.js';
import { isJson } from './media-type.js';
import {
  createSampler,
  type Direction,
  flatten,
  follow,
  type Located,
  sentPart,
  type Validator,
  type Validators,
} from './schema/index.js';

/** What the examples of a media type are read from. */
export interface ExampleContext {
  readonly description: Description;
  readonly model: Model;
  readonly validators: Validators;
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
    context.model.located.schema === undefined || context.model.codec.isOpaque ? [] : schemaExamples(context);
  const usable = fromSchema.filter(({ state }) => state.kind !== 'invalid');
  if (usable.length > 0) return documented.length > 0 ? [...documented, ...usable.slice(0, 1)] : usable;
  const given = fromSchema.filter(({ pointer: at }) => /\/examples?(?:\/\d+)?$/.test(at));
  return [...documented, ...given, generatedExample(context, pointer)];
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
      const given = isObject(value) ? givenBy(value, context.model) : undefined;
      if (!given || !isObject(value)) return [];
      const summary = typeof value.summary === 'string' ? { summary: value.summary } : {};
      return [{ ...judge(context, given.value, `${resolved.pointer}/${given.field}`, 'documented'), name, ...summary }];
    });
  }
  return example === undefined ? [] : [judge(context, example, `${pointer}/example`, 'documented')];
}

/** `value`, or what OpenAPI 3.2 (§4.19) has in its place. */
function givenBy(example: JsonObject, { contentType }: Model): { field: string; value: unknown } | undefined {
  for (const field of ['value', 'dataValue']) if (field in example) return { field, value: example[field] };
  const { serializedValue: text } = example;
  if (typeof text !== 'string') return undefined;
  const parsed = isJson(contentType.essence) ? jsonInside(text) : undefined;
  return { field: 'serializedValue', value: parsed ? parsed.value : text };
}

/** What the schema gives: its `examples`, each with its index for a name; its `example`; else what its parts give, put together. */
function schemaExamples(context: ExampleContext): Example[] {
  const { description, direction, model } = context;
  const located = follow(description, model.located);
  const flat = flatten(description, located);
  const give = (value: unknown, at: string) =>
    judge(context, model.whole(sentPart(description, direction, located)(value)), `${located.pointer}${at}`, 'schema');
  if (Array.isArray(flat.examples) && flat.examples.length > 0)
    return flat.examples.map((value, index) => ({ ...give(value, `/examples/${index}`), name: String(index) }));
  if (flat.example !== undefined) return [give(flat.example, '/example')];
  for (const keyword of ['oneOf', 'anyOf']) {
    const members = flat[keyword];
    if (!Array.isArray(members) || 'properties' in flat) continue;
    return members.map((member, index) => {
      const at = { schema: member, pointer: `${located.pointer}/${keyword}/${index}` };
      const branch = branchSample(context, { ...located, schema: { ...flat, [keyword]: [member] } });
      const name = branchName(description, at);
      return { ...judge(context, model.whole(branch), at.pointer, 'schema'), ...(name && { name }) };
    });
  }
  const value = model.sample('documented', context.chance);
  return value === undefined ? [] : [judge(context, value, located.pointer, 'schema')];
}

/** A value of one of several alternatives, with what stands beside them; checked as a value of the whole. */
function branchSample(
  { description, direction, chance, validators, model }: ExampleContext,
  located: Located,
): unknown {
  const validator: Validator = {
    check: (value) => model.validator.check(model.whole(value)),
    violations: (value, location) => model.validator.violations(model.whole(value), location),
  };
  return createSampler(description, located, direction, validators, validator)('documented', chance);
}

function branchName(
  description: Description,
  { schema, pointer }: { schema: unknown; pointer: string },
): string | undefined {
  if (isObject(schema) && typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1);
  const { title } = flatten(description, { schema, pointer });
  return typeof title === 'string' ? title : undefined;
}

/** Where nothing valid was found it is said of the schema, once, wherever that is used. */
function generatedExample(context: ExampleContext, pointer: string): Example {
  const { model, description, chance } = context;
  const made = judge(context, model.sample('fresh', chance), pointer, 'generated');
  return made.state.kind === 'invalid' ? { ...made, pointer: follow(description, model.located).pointer } : made;
}

function judge(context: ExampleContext, value: unknown, pointer: string, origin: Example['origin']): Example {
  const { codec } = context.model;
  if (isJson(context.model.contentType.essence)) {
    const [served, state] = classifyJson(context, value);
    // Copied, as what is kept.
    return { origin, pointer, value: served, bytes: Buffer.from(codec.write(served)), state };
  }
  const bytes = codec.write(value);
  return { origin, pointer, value, bytes, state: classify(context, value, bytes) };
}

/** How a value fares that is no JSON: text is read as its media type has it, and what comes of that must be valid. */
function classify({ model }: ExampleContext, value: unknown, bytes: Buffer): ExampleState {
  const { codec, contentType, validator } = model;
  const reading = codec.read(bytes, contentType);
  if (reading instanceof Promise) return typeof value === 'string' ? { kind: 'valid' } : verdict(validator, value);
  if (reading.kind === 'malformed') return { kind: 'invalid', violations: reading.violations };
  if (typeof value !== 'string') return verdict(validator, value);
  return reading.kind === 'value' ? verdict(validator, reading.value) : { kind: 'valid' };
}

const verdict = (validator: Validator, value: unknown): ExampleState =>
  validator.check(value) ? { kind: 'valid' } : { kind: 'invalid', violations: validator.violations(value, 'body') };

/** The value that an example stands for, and how it fares. Only certain repairs are made: the result must be valid. */
function classifyJson({ model: { validator } }: ExampleContext, value: unknown): [unknown, ExampleState] {
  const inside = typeof value === 'string' ? jsonInside(value) : undefined;
  const isValid = validator.check(value);
  if (inside && validator.check(inside.value) && (!isValid || acceptsAnything(validator)))
    return [inside.value, { kind: 'repaired', how: inside.how }];
  return [value, isValid ? { kind: 'valid' } : { kind: 'invalid', violations: validator.violations(value, 'body') }];
}

function acceptsAnything({ check }: Validator): boolean {
  return check('') && check(0) && check(null) && check([]) && check({});
}
