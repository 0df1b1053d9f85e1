import { type ParseError, parse } from 'jsonc-parser';
import { type Description, isObject, resolve, toPointer } from '../documents/index.js';
import type { Chance } from './chance.js';
import type { Example, ExampleState } from './contract.js';
import { isJson } from './media-type.js';
import {
  createSampler,
  type Direction,
  flatten,
  follow,
  type Located,
  type Sampler,
  sentPart,
  type Validator,
  type Validators,
} from './schema/index.js';

/** What the examples of a media type are read from. */
export interface ExampleContext {
  readonly description: Description;
  readonly mediaType: string;
  readonly validator: Validator;
  readonly validators?: Validators;
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
  const given = fromSchema.filter(({ pointer: at }) => /\/examples?(?:\/\d+)?$/.test(at));
  return [...documented, ...given, generatedExample(context, mediaTypeObject.schema, pointer)];
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

/** What the schema gives: its `examples`, each with its index for a name; its `example`; else what its parts give, put together. */
function schemaExamples(context: ExampleContext, schema: unknown, pointer: string): Example[] {
  const { description, direction } = context;
  const located = follow(description, { schema, pointer });
  const flat = flatten(description, located);
  const give = (value: unknown, at: string) =>
    judge(context, sentPart(description, direction, located)(value), `${located.pointer}${at}`, 'schema');
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
      return { ...judge(context, branch, at.pointer, 'schema'), ...(name && { name }) };
    });
  }
  const value = context.sample('documented', context.chance);
  return value === undefined ? [] : [judge(context, value, located.pointer, 'schema')];
}

/** A value of one of several alternatives, with what stands beside them; checked as a value of the whole. */
function branchSample(
  { description, direction, chance, validators, validator }: ExampleContext,
  located: Located,
): unknown {
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
function generatedExample(context: ExampleContext, schema: unknown, pointer: string): Example {
  const made = judge(context, context.sample('fresh', context.chance), pointer, 'generated');
  return made.state.kind === 'invalid'
    ? { ...made, pointer: follow(context.description, { schema, pointer: `${pointer}/schema` }).pointer }
    : made;
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

/** The object or list that a string is the JSON of, be it with comments or trailing commas. */
function jsonInside(text: string): { value: unknown; how: string } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text), how: 'it is a string that holds JSON; the value inside is served' };
  } catch {}
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0
    ? { value, how: 'it is a string that holds JSON with trailing commas or comments; the value inside is served' }
    : undefined;
}

/** A body as it goes out: JSON for JSON types, text as it is for others. */
export function toBytes(value: unknown, mediaType: string): Buffer {
  return Buffer.from(typeof value === 'string' && !isJson(mediaType) ? value : (JSON.stringify(value) ?? 'null'));
}
