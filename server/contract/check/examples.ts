import { isObject, type JsonObject, toPointer } from '../../documents/index.js';
import { jsonInside } from '../json-inside.js';
import { essenceOf, isJson } from '../media-type.js';
import { type Direction, typesOf, type Validator } from '../schema/index.js';
import type { Violation } from '../violation.js';
import type { CheckedDocument } from './checked-document.js';
import { membersOf } from './checked-document.js';
import type { Part } from './parts.js';
import { readSerialized } from './read-serialized.js';

/** How an example fares. The worst comes last. */
export const exampleClasses = [
  'valid',
  'repairable',
  'schema-invalid',
  'unparsable',
  'missing',
  'unresolvable',
] as const;

export type ExampleClass = (typeof exampleClasses)[number];

export interface ClassifiedExample {
  readonly pointer: string;
  /** `undefined` for a lone one. */
  readonly name?: string;
  readonly class: ExampleClass;
  /** Why it is of this class, where it is not valid: follows "the example …". */
  readonly why?: string;
  /** The way out, where it is another than the rule's. */
  readonly advice?: string;
  /** Whether it is told of by another rule already, or is not ours to judge. */
  readonly silent?: true;
}

type Verdict = Omit<ClassifiedExample, 'pointer' | 'name'>;

/** What an example is held against. */
interface Measure {
  readonly validators: readonly Validator[];
  /** The JSON types of the schema; empty for any. */
  readonly types: readonly string[];
  readonly form: 'json' | 'parameter' | 'text';
  readonly parameter?: JsonObject;
}

/** Each example of the document, once: where several schemas judge one, the worst verdict counts. */
export function classifyExamples(document: CheckedDocument): ClassifiedExample[] {
  const found = new Map<string, ClassifiedExample>();
  const add = (example: ClassifiedExample) => {
    const known = found.get(example.pointer);
    if (!known || rank(example) > rank(known)) found.set(example.pointer, example);
  };
  const { parts } = document;
  for (const part of [...parts.of('MediaType'), ...parts.of('Parameter'), ...parts.of('Header')]) {
    const measure = measureOf(document, part);
    const { example, examples } = part.value;
    if (example !== undefined) add({ pointer: `${part.pointer}/example`, ...judge(measure, example) });
    for (const entry of namedExamples(document, examples, `${part.pointer}/examples`))
      add({ pointer: entry.pointer, name: entry.name, ...judgeExampleObject(document, measure, entry) });
  }
  for (const part of parts.of('Schema')) {
    const { example, examples } = part.value;
    if (example === undefined && !Array.isArray(examples)) continue;
    const measure = schemaMeasure(document, part.value, part.pointer, ['response', 'request'], 'json');
    if (example !== undefined) add({ pointer: `${part.pointer}/example`, ...judge(measure, example) });
    if (Array.isArray(examples))
      examples.forEach((value, index) => {
        add({ pointer: `${part.pointer}/examples/${index}`, ...judge(measure, value) });
      });
  }
  const anything: Measure = { validators: [], types: [], form: 'text' };
  for (const part of parts.of('Example')) {
    const entry = { pointer: part.pointer, name: part.key, value: part.value };
    if (!found.has(part.pointer))
      add({ pointer: part.pointer, name: part.key, ...judgeExampleObject(document, anything, entry) });
  }
  return [...found.values()];
}

const rank = (example: ClassifiedExample) => exampleClasses.indexOf(example.class);

interface NamedExample {
  readonly name: string;
  readonly pointer: string;
  readonly value?: JsonObject;
}

function* namedExamples(document: CheckedDocument, map: unknown, pointer: string): Iterable<NamedExample> {
  const names = new Set<string>();
  for (const { name, value, pointer: at } of membersOf(document, map, pointer)) {
    names.add(name);
    yield { name, value, pointer: at };
  }
  for (const [name, entry] of Object.entries(isObject(map) ? map : {}))
    if (!names.has(name) && isObject(entry)) yield { name, pointer: `${pointer}${toPointer([name])}` };
}

function measureOf(document: CheckedDocument, part: Part): Measure {
  const { value, pointer } = part;
  if (part.kind === 'MediaType') {
    const form = isJson(essenceOf(part.key) ?? part.key.toLowerCase()) ? 'json' : 'text';
    const direction = directionOf(part);
    return schemaMeasure(document, value.schema, `${pointer}/schema`, direction, form);
  }
  const directions: Direction[] = part.kind === 'Header' ? ['response'] : ['request'];
  const [content] = Object.entries(isObject(value.content) ? value.content : {});
  if (content && isObject(content[1])) {
    const at = `${pointer}${toPointer(['content', content[0], 'schema'])}`;
    return schemaMeasure(document, content[1].schema, at, directions, isJson(content[0]) ? 'json' : 'text');
  }
  return { ...schemaMeasure(document, value.schema, `${pointer}/schema`, directions, 'parameter'), parameter: value };
}

function directionOf(part: Part): Direction[] {
  for (let holder: Part | undefined = part; holder; holder = holder.holder) {
    if (holder.kind === 'RequestBody' || holder.kind === 'Parameter') return ['request'];
    if (holder.kind === 'Response' || holder.kind === 'Header') return ['response'];
  }
  return ['response', 'request'];
}

function schemaMeasure(
  { validators, description }: CheckedDocument,
  schema: unknown,
  pointer: string,
  directions: readonly Direction[],
  form: Measure['form'],
): Measure {
  if (schema === undefined) return { validators: [], types: [], form };
  return {
    validators: directions.map((direction) => validators.of(schema, pointer, direction)),
    types: typesOf(description, { schema, pointer }),
    form,
  };
}

function judgeExampleObject(document: CheckedDocument, measure: Measure, { value, pointer }: NamedExample): Verdict {
  if (!value) return { class: 'unresolvable', silent: true };
  if ('dataValue' in value) return judge({ ...measure, form: 'json' }, value.dataValue);
  if ('value' in value) {
    // The text of a file is what is sent, and no string that somebody wrote where a value is meant.
    const inside = 'externalValue' in value && typeof value.value === 'string' ? jsonInside(value.value) : undefined;
    return judge(measure, inside && measure.form === 'json' ? inside.value : value.value);
  }
  if (typeof value.serializedValue === 'string')
    return judgeText(measure, value.serializedValue, 'its serializedValue');
  if ('externalValue' in value) return judgeExternal(document, measure, pointer);
  const members = Object.keys(value).filter((name) => !/^(?:summary|description|x-.*)$/.test(name));
  return {
    class: 'missing',
    why:
      members.length > 0
        ? `has no \`value\`, but ${members
            .slice(0, 3)
            .map((name) => `"${name}"`)
            .join(', ')}`
        : 'has no `value`',
  };
}

/** What loading says of an external value that it did not read. */
const unreadClasses: Readonly<Record<string, ExampleClass>> = {
  'example-missing': 'missing',
  'example-remote': 'unresolvable',
  'example-unparsable': 'unparsable',
};

function judgeExternal({ description }: CheckedDocument, measure: Measure, pointer: string): Verdict {
  const at = `${pointer}/externalValue`;
  const told = description.diagnostics.find((diagnostic) => diagnostic.pointer === at);
  if (told?.rule === 'example-binary' && measure.form !== 'json') return { class: 'valid' };
  return {
    class: unreadClasses[told?.rule ?? ''] ?? 'unresolvable',
    why: `is not read: ${told?.message ?? 'nothing leads to it'}`,
    ...(told?.advice && { advice: told.advice }),
  };
}

/** A body as it would be sent. */
function judgeText(measure: Measure, text: string, what: string): Verdict {
  if (measure.form !== 'json') return { class: 'valid' };
  try {
    return judge(measure, JSON.parse(text));
  } catch (error) {
    return { class: 'unparsable', why: `can't be read: ${what} is not JSON (${(error as Error).message})` };
  }
}

function judge(measure: Measure, value: unknown): Verdict {
  const { validators, types, form, parameter } = measure;
  const isText = typeof value === 'string';
  const acceptsText = types.length === 0 || types.includes('string');
  // What is no JSON is written as text; a schema of the data behind it says nothing of that text.
  if (form === 'text' && isText && !(types.length === 1 && acceptsText)) return { class: 'valid' };
  const isValid = validators.length === 0 || validators.some((validator) => accepts(validator, value));
  if (isText && form === 'json') {
    const inside = jsonInside(value);
    if (inside && (!isValid || saysNothing(measure))) {
      const fits = validators.length === 0 || validators.some((validator) => accepts(validator, inside.value));
      if (fits) return { class: 'repairable', why: `is a string that holds JSON` };
    } else if (!inside && (!isValid || saysNothing(measure)) && isBrokenJson(value))
      return { class: 'unparsable', why: "is a string of JSON that can't be parsed" };
  }
  if (isText && form === 'parameter' && !isValid) {
    const read = readSerialized(value, types, parameter ?? {});
    if (read && validators.some((validator) => accepts(validator, read.value)))
      return { class: 'repairable', why: `is a string, though its schema is of ${types.join(' or ')}` };
  }
  return isValid
    ? { class: 'valid' }
    : { class: 'schema-invalid', why: `violates its schema: ${reason(validators, value)}` };
}

function accepts(validator: Validator, value: unknown): boolean {
  try {
    return validator.check(value);
  } catch {
    // A schema that contains itself without end; the rule `circular-reference` tells of it.
    return true;
  }
}

/** Whether a string that is no JSON was meant to be: a brace may start anything, such as `{id}`, if it is closed as well. */
function isBrokenJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return /["\n]/.test(text) || count(/[[{]/g) !== count(/[\]}]/g);
}

/** Without a schema, or with an empty one, a string of JSON is as valid as any other; nobody means it, though. */
function saysNothing({ validators }: Measure): boolean {
  return validators.every(
    (validator) =>
      accepts(validator, '') && accepts(validator, 0) && accepts(validator, null) && accepts(validator, []),
  );
}

/** The violation that says most: rather a keyword's than that of alternatives which all fail, rather an outer than an inner one. */
export function reason(validators: readonly Validator[], value: unknown): string {
  const all = validators[0]?.violations(value, 'body') ?? [];
  // Where null is one alternative, that a value is not null says nothing.
  const says = ({ keyword, message }: Violation) =>
    !/^(?:oneOf|anyOf|not|if)$/.test(keyword) && message !== 'must be null';
  const depth = ({ pointer }: Violation) => pointer.split('/').length;
  const [first] = all.toSorted((a, b) => Number(says(b)) - Number(says(a)) || depth(a) - depth(b));
  return first ? `${first.pointer || 'the value'} ${first.message}` : 'it is not valid';
}
