import { isObject, type JsonObject, toPointer } from '../../documents/index.js';
import { merge } from './merge.js';
import { faultAt, goesInCircles, isSparing, levelMax, type Making } from './sample-making.js';
import { sampleString } from './sample-string.js';
import { isUnsent } from './sample-unsent.js';
import { flatOf, makeValue, type Standing } from './sample-value.js';
import { tolerantRegExp } from './tolerant-reg-exp.js';

/** No value is deeper: a schema that requires more has no end. */
const depthEnd = 40;

/** An object with its documented properties, those that are required, and as many as there have to be. */
export function objectOf(making: Making, given: JsonObject, standing: Standing): JsonObject {
  const { path, depth } = standing;
  const names = chosenNames(making, given, standing);
  const schema = withDependencies(making, given, names);
  const properties = isObject(schema.properties) ? schema.properties : {};
  const members: [string, unknown][] = [];
  for (const name of names) {
    const own = Object.hasOwn(properties, name);
    if (own && isUnsent(making, properties[name])) continue;
    const part = own ? properties[name] : undeclared(schema, name);
    const value = makeValue(making, { schema: part, pointer: '' }, path + toPointer([name]), depth + 1, name);
    if (value !== undefined) members.push([name, value]);
  }
  return Object.fromEntries(members);
}

/** What a schema says of a property that `properties` does not name; `false` for that there is none. */
function undeclared(schema: JsonObject, name: string): unknown {
  const { patternProperties, additionalProperties, unevaluatedProperties } = schema;
  const fitting = Object.entries(isObject(patternProperties) ? patternProperties : {}).filter(([pattern]) =>
    tolerantRegExp(pattern, 'u').test(name),
  );
  if (fitting.length > 0) return { allOf: fitting.map(([, member]) => member) };
  return additionalProperties ?? unevaluatedProperties ?? {};
}

/** Properties that a `not` of a schema speaks of by `required` alone must not be there all at once. */
function forbidden({ not }: JsonObject): ReadonlySet<string> {
  const members = isObject(not) ? (Array.isArray(not.anyOf) ? [...not.anyOf, not] : [not]) : [];
  const lists = members.flatMap((member) =>
    isObject(member) &&
    Array.isArray(member.required) &&
    Object.keys(member).every((key) => /^(?:required|type)$/.test(key))
      ? [member.required as string[]]
      : [],
  );
  return new Set(lists.flatMap((list) => list.at(-1) ?? []));
}

function chosenNames(making: Making, schema: JsonObject, { path, depth }: Standing): string[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? (schema.required as string[]) : []);
  const out = forbidden(schema);
  const own = faultAt(making, path)?.level ?? 0;
  const isLean = own > 1 || isSparing(making, depth);
  if (depth > depthEnd) return [];
  const faulty = making.faults.at.size > 0;
  const wanted = (name: string): boolean => {
    if (required.has(name)) return true;
    const fault = faulty ? faultAt(making, path + toPointer([name])) : undefined;
    if (fault?.isNeeded && fault.level <= levelMax) return true;
    if (isLean || fault?.isOmitted || (fault?.level ?? 0) >= levelMax) return false;
    return !goesInCircles(making, properties[name]);
  };
  const declared = Object.keys(properties).filter((name) => properties[name] !== false && !out.has(name));
  const names = [...declared.filter(wanted), ...[...required].filter((name) => !Object.hasOwn(properties, name))];
  if (faulty) names.push(...neededBeside(making, path, properties, names));
  addDependents(schema, names);
  const min = typeof schema.minProperties === 'number' ? schema.minProperties : 0;
  const sent = () => names.filter((name) => !Object.hasOwn(properties, name) || !isUnsent(making, properties[name]));
  if (min > 0) for (const name of declared) if (sent().length < min && !names.includes(name)) names.push(name);
  addUndeclared(making, schema, names, min === 0 ? 0 : min - sent().length, { isLean, isMap: declared.length === 0 });
  return withinMaximum(schema, names, required);
}

/** Properties that nothing declares, and that were found missing. */
function neededBeside(making: Making, path: string, properties: JsonObject, names: readonly string[]): string[] {
  return [...making.faults.at].flatMap(([place, { isNeeded }]) => {
    if (!isNeeded || !place.startsWith(`${path}/`)) return [];
    const rest = place.slice(path.length + 1);
    const name = rest.replace(/~1/g, '/').replace(/~0/g, '~');
    return rest.includes('/') || Object.hasOwn(properties, name) || names.includes(name) ? [] : [name];
  });
}

/** What must be there because something else is (`dependentRequired`; `dependencies` of older drafts). */
function addDependents(schema: JsonObject, names: string[]): void {
  for (const keyword of ['dependentRequired', 'dependencies']) {
    const dependents = schema[keyword];
    if (!isObject(dependents)) continue;
    // It grows while it is gone through.
    for (const name of names) {
      const list = Object.hasOwn(dependents, name) ? dependents[name] : undefined;
      if (Array.isArray(list)) for (const other of list) if (!names.includes(other)) names.push(other);
    }
  }
}

function withDependencies({ description }: Making, schema: JsonObject, names: string[]): JsonObject {
  let all = schema;
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const dependents = schema[keyword];
    if (!isObject(dependents)) continue;
    for (const name of names) {
      const part = Object.hasOwn(dependents, name) ? dependents[name] : undefined;
      if (!isObject(part)) continue;
      all = merge(all, flatOf(description, { schema: part, pointer: '' }));
      const required = Array.isArray(all.required) ? (all.required as string[]) : [];
      for (const other of required) if (!names.includes(other)) names.push(other);
    }
  }
  return all;
}

/** Names that come up anew are not looked for longer than this. */
const namingTries = 200;

/** As many further properties as have to be there; one of a map, to show what is in it. */
function addUndeclared(
  making: Making,
  schema: JsonObject,
  names: string[],
  missing: number,
  { isLean, isMap }: { readonly isLean: boolean; readonly isMap: boolean },
): void {
  const { additionalProperties, patternProperties, propertyNames } = schema;
  const patterns = Object.keys(isObject(patternProperties) ? patternProperties : {});
  const value = isObject(additionalProperties)
    ? additionalProperties
    : isObject(patternProperties)
      ? Object.values(patternProperties)[0]
      : undefined;
  const shows = isMap && names.length === 0 && isObject(value) && !isLean && !goesInCircles(making, value);
  const wanted = Math.max(missing, shows && schema.maxProperties !== 0 ? 1 : 0);
  const isOpen = additionalProperties !== false && schema.unevaluatedProperties !== false;
  if (wanted <= 0 || (!isOpen && patterns.length === 0)) return;
  const naming = isObject(propertyNames) ? flatOf(making.description, { schema: propertyNames, pointer: '' }) : {};
  const choices = Array.isArray(naming.enum) ? naming.enum : 'const' in naming ? [naming.const] : undefined;
  const known = names.length;
  /** `^x-` alone has one shortest match. */
  let minLength = typeof naming.minLength === 'number' ? naming.minLength : 0;
  const maxLength = typeof naming.maxLength === 'number' ? naming.maxLength : Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < namingTries && names.length < known + wanted; attempt++) {
    const pattern = isOpen ? undefined : patterns[attempt % patterns.length];
    const name = choices
      ? String(choices[attempt % choices.length])
      : pattern !== undefined || Object.keys(naming).length > 0
        ? sampleString(merge(naming, { minLength, ...(pattern !== undefined && { pattern }) }), {
            ...making,
            kind: 'fresh',
          })
        : `property${attempt + 1}`;
    if (!names.includes(name)) names.push(name);
    else if (name.length < maxLength) minLength = name.length + 1;
  }
}

function withinMaximum(schema: JsonObject, names: string[], required: ReadonlySet<string>): string[] {
  const max = typeof schema.maxProperties === 'number' ? schema.maxProperties : Number.POSITIVE_INFINITY;
  if (names.length <= max) return names;
  const optional = names.filter((name) => !required.has(name));
  const kept = new Set(optional.slice(0, Math.max(max - (names.length - optional.length), 0)));
  return names.filter((name) => required.has(name) || kept.has(name));
}
