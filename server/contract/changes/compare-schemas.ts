import { type Description, isObject, type JsonObject, pointerOf, toPointer, valueAt } from '../../documents/index.js';
import { partsOf } from '../schema/parts-of.js';
import { type Difference, either } from './change.js';
import { acceptedTypes, narrowing } from './constraints.js';

/** A schema, and where its references lead. */
export interface SchemaIn {
  readonly description: Description;
  readonly schema: unknown;
}

/** Who sends what a schema describes: of what the client sends less, of what it receives more may come as a surprise. */
export type Sender = 'request' | 'response';

/** Pairs of schemas that were compared: they may lead back to themselves, and many may lead to the same, which is told of once. */
export type Compared = Readonly<Record<Sender, WeakMap<object, WeakSet<object>>>>;

export const createCompared = (): Compared => ({ request: new WeakMap(), response: new WeakMap() });

/** What a schema says differently than before; `where` names what it is of. */
export function compareSchemas(
  before: SchemaIn,
  after: SchemaIn,
  sender: Sender,
  where: string,
  compared: Compared = createCompared(),
): Difference[] {
  return [...compare({ before, after, sender, where, path: undefined, compared })];
}

interface Comparison {
  readonly before: SchemaIn;
  readonly after: SchemaIn;
  readonly sender: Sender;
  readonly where: string;
  /** Where in a value. */
  readonly path: Path | undefined;
  readonly compared: Compared;
}

function* compare(comparison: Comparison): Iterable<Difference> {
  const { before, after, sender, compared } = comparison;
  if (isDone(compared[sender], followed(before), followed(after))) return;
  const old = whole(before);
  const now = whole(after);
  const place = placeOf(comparison);
  const isAccepting = sender === 'request';
  if (old === false && now === false) return;
  if (!isObject(old) || !isObject(now)) {
    yield either((now === false) === isAccepting, `${place} is ${now === false ? 'nothing' : 'something'} now`);
    return;
  }
  const types = [acceptedTypes(old), acceptedTypes(now)] as const;
  if (types.some((list) => list !== undefined) && String(types[0]) !== String(types[1])) {
    const [was = [], is = []] = types;
    const lost = types[1] !== undefined && (types[0] === undefined || was.some((type) => !accepts(is, type)));
    const gained = types[0] !== undefined && (types[1] === undefined || is.some((type) => !accepts(was, type)));
    if (lost || gained)
      yield either(
        isAccepting ? lost : gained,
        `${place} is ${is.join(' or ') || 'anything'}, was ${was.join(' or ') || 'anything'}`,
      );
  }
  yield* compareEnums(old, now, isAccepting, place);
  for (const { keyword, was, is, isNarrower } of narrowing(old, now))
    yield either(
      isNarrower && isAccepting,
      `${place} has ${keyword} ${is ?? 'no more'}${was === undefined ? '' : `, had ${was}`}`,
    );
  yield* compareMembers(comparison, old, now);
  yield* compareAlternatives(comparison, old, now);
}

const accepts = (types: readonly string[], type: string) =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

function* compareEnums(old: JsonObject, now: JsonObject, isAccepting: boolean, place: Place): Iterable<Difference> {
  const valuesOf = ({ enum: values, const: only }: JsonObject) =>
    Array.isArray(values)
      ? values.map((value) => JSON.stringify(value))
      : only === undefined
        ? undefined
        : [JSON.stringify(only)];
  const [was, is] = [valuesOf(old), valuesOf(now)];
  if (!was && !is) return;
  if (!was) {
    yield either(isAccepting, `${place} is one of ${is?.join(', ')} only`);
    return;
  }
  if (!is) {
    yield either(!isAccepting, `${place} may be other than ${was.join(', ')}`);
    return;
  }
  for (const value of was) if (!is.includes(value)) yield either(isAccepting, `${place} can't be ${value} any more`);
  for (const value of is) if (!was.includes(value)) yield either(!isAccepting, `${place} may be ${value}`);
}

/** The properties of an object, and the items of a list. */
function* compareMembers(comparison: Comparison, old: JsonObject, now: JsonObject): Iterable<Difference> {
  const { sender } = comparison;
  const isAccepting = sender === 'request';
  const [was, is] = [propertiesOf(old), propertiesOf(now)];
  const [needed, needs] = [requiredOf(old), requiredOf(now)];
  const isClosed = now.additionalProperties === false;
  const unseen = isAccepting ? 'readOnly' : 'writeOnly';
  for (const [name, schema] of Object.entries(was)) {
    const place = placeOf(comparison, name);
    if (isObject(schema) && schema[unseen] === true) continue;
    if (!(name in is)) yield either(isAccepting ? isClosed : true, `${place} is gone`);
    else yield* compare(below(comparison, name, schema, is[name]));
  }
  for (const [name, schema] of Object.entries(is)) {
    if (name in was || (isObject(schema) && schema[unseen] === true)) continue;
    const isNeeded = needs.has(name);
    const how = !isNeeded ? '' : isAccepting ? ', and required' : ', and always there';
    yield either(isAccepting && isNeeded, `${placeOf(comparison, name)} is new${how}`);
  }
  for (const name of needs)
    if (!needed.has(name) && (name in was || !(name in is)))
      yield either(isAccepting, `${placeOf(comparison, name)} is ${isAccepting ? 'required now' : 'always there now'}`);
  for (const name of needed)
    if (!needs.has(name) && (name in is || !(name in was)))
      yield either(
        !isAccepting,
        `${placeOf(comparison, name)} ${isAccepting ? 'is no longer required' : 'may be missing now'}`,
      );
  if (isClosed && old.additionalProperties !== false)
    yield either(isAccepting, `${placeOf(comparison)} has no other properties`);
  else if (isObject(now.additionalProperties) && isObject(old.additionalProperties))
    yield* compare(below(comparison, '*', old.additionalProperties, now.additionalProperties));
  if (now.items !== undefined && old.items !== undefined && !Array.isArray(now.items))
    yield* compare(below(comparison, '*', old.items, now.items));
}

/** The alternatives of a schema, by their names or else their order. */
function* compareAlternatives(comparison: Comparison, old: JsonObject, now: JsonObject): Iterable<Difference> {
  const isAccepting = comparison.sender === 'request';
  const place = placeOf(comparison);
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const [was, is] = [alternativesOf(old, keyword), alternativesOf(now, keyword)];
    const names = namesOf(is);
    const known = namesOf(was);
    if (was.length === 0 && is.length > 0) yield either(isAccepting, `${place} is ${names.join(' or ')} only`);
    if (was.length > 0 && is.length === 0)
      yield either(!isAccepting, `${place} may be other than ${known.join(' or ')}`);
    if (was.length === 0 || is.length === 0) continue;
    for (const [index, name] of known.entries()) {
      const other = names.indexOf(name);
      if (other === -1) yield either(isAccepting, `${place} can't be ${name} any more`);
      else yield* compare(below(comparison, undefined, was[index], is[other]));
    }
    for (const name of names) if (!known.includes(name)) yield either(!isAccepting, `${place} may be ${name}`);
  }
}

function alternativesOf(schema: JsonObject, keyword: string): readonly unknown[] {
  const parts = schema[keyword];
  return Array.isArray(parts) ? parts : [];
}

/** Each once: those that are called the same are told apart by their order. */
function namesOf(parts: readonly unknown[]): string[] {
  const names = parts.map(nameOf);
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

function nameOf(part: unknown, index: number): string {
  if (!isObject(part)) return `part ${index + 1}`;
  if (typeof part.$ref === 'string') return part.$ref.slice(part.$ref.lastIndexOf('/') + 1);
  return typeof part.title === 'string' ? part.title : `part ${index + 1}`;
}

function below(comparison: Comparison, key: string | undefined, old: unknown, now: unknown): Comparison {
  return {
    ...comparison,
    before: { ...comparison.before, schema: old },
    after: { ...comparison.after, schema: now },
    path: key === undefined ? comparison.path : { key, parent: comparison.path },
  };
}

/** The keys that lead to a value, the last first: schemas refer to each other over thousands of them, and few are ever told. */
interface Path {
  readonly key: string;
  readonly parent: Path | undefined;
}

/** Put together when it is told. */
interface Place {
  readonly toString: () => string;
}

function placeOf({ where, path }: Comparison, ...more: readonly string[]): Place {
  return {
    toString: () => {
      const keys: string[] = [];
      for (let at = path; at; at = at.parent) keys.unshift(at.key);
      const all = [...keys, ...more];
      return all.length === 0 ? where : `${where} ${toPointer(all)}`;
    },
  };
}

const propertiesOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});
const requiredOf = ({ required }: JsonObject) => new Set(Array.isArray(required) ? required.map(String) : []);

function followed({ description, schema }: SchemaIn): unknown {
  const seen = new Set<unknown>();
  let current = schema;
  while (isObject(current) && typeof current.$ref === 'string' && !seen.has(current)) {
    seen.add(current);
    const pointer = pointerOf(current.$ref);
    if (pointer === undefined) return current;
    current = valueAt(description.root, pointer);
  }
  return current;
}

/** A schema with all that its `allOf` says besides; `false` where nothing is valid. */
function whole({ description, schema }: SchemaIn): JsonObject | false {
  const target = followed({ description, schema });
  if (target === false) return false;
  if (!isObject(target)) return {};
  const is30 = description.version.startsWith('3.0');
  const parts = partsOf(target, (inner) => followed({ description, schema: inner }), is30);
  if (parts.length < 2) return target;
  return {
    ...Object.assign({}, ...parts.toReversed()),
    properties: Object.assign({}, ...parts.map(propertiesOf)),
    required: parts.flatMap((part) => [...requiredOf(part)]),
  };
}

/** Whether a pair was compared before; from now on it was. */
function isDone(compared: WeakMap<object, WeakSet<object>>, old: unknown, now: unknown): boolean {
  if (!isObject(old) || !isObject(now)) return false;
  const others = compared.get(old) ?? new WeakSet();
  if (others.has(now)) return true;
  compared.set(old, others.add(now));
  return false;
}
