import { type Contract, flatten, follow, type Located, type ResponseMediaType } from '../../server/contract/index.js';
import { isObject, type JsonObject, pointerOf, toPointer, valueAt } from '../../server/documents/index.js';
import type { Finding } from './judge.js';
import { type Flat, propertiesAt, type Visited, walk } from './walk.js';

/**
 * What a body is against though each of its values is valid: a property that is only ever written (OpenAPI 3.1, JSON Schema
 * Validation §9.4), and a discriminator that names another schema than the one the body fits (OpenAPI 3.1.1 §4.8.25).
 */
export function judgeMeaning(contract: Contract, mediaType: ResponseMediaType, value: unknown): Finding[] {
  const located = schemaOf(contract, mediaType);
  if (!located || !saysMore(contract, located.schema)) return [];
  const findings: Finding[] = [];
  const visit = (visited: Visited) => {
    findings.push(...leaked(contract, visited), ...misled(contract, visited));
  };
  // Content that is a list of items has the schema of each.
  const isSequence = mediaType.shape.pointer.endsWith('/itemSchema');
  const items = isSequence && Array.isArray(value) ? value : [value];
  for (const item of items) walk(contract.description, located, item, visit);
  return findings;
}

export function schemaOf(
  { description }: Pick<Contract, 'description'>,
  { shape }: ResponseMediaType,
): Located | undefined {
  const schema = valueAt(description.root, shape.pointer);
  return schema === undefined ? undefined : { schema, pointer: shape.pointer };
}

/** Most schemas have neither, and so nothing to look for. */
function saysMore({ description }: Contract, schema: unknown): boolean {
  const kept = isObject(schema) ? saying.get(schema) : undefined;
  if (kept !== undefined) return kept;
  const seen = new Set<object>();
  const pending: unknown[] = [schema];
  let found = false;
  for (let next = pending.pop(); !found && next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (isObject(next)) {
      found = next.writeOnly === true || isObject(next.discriminator);
      if (typeof next.$ref === 'string') pending.push(valueAt(description.root, pointerOf(next.$ref) ?? ''));
    }
    pending.push(...Object.values(next));
  }
  if (isObject(schema)) saying.set(schema, found);
  return found;
}

const saying = new WeakMap<object, boolean>();

function leaked({ description }: Contract, { value, keys, schemas }: Visited): Finding[] {
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((name) => {
    const places = propertiesAt(schemas, name);
    if (places.length === 0 || !places.every((place) => flatten(description, place).writeOnly === true)) return [];
    const at = toPointer([...keys, name]);
    return [{ kind: 'schema' as const, at, message: `${at} is writeOnly, and must not be in an answer` }];
  });
}

function misled(contract: Contract, { value, keys, schemas }: Visited): Finding[] {
  if (!isObject(value)) return [];
  return schemas.flatMap((flat): Finding[] => {
    const { discriminator } = flat.schema;
    if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return [];
    const { propertyName, mapping } = discriminator;
    const name = value[propertyName];
    if (typeof name !== 'string') return [];
    const branches = branchesOf(contract, flat);
    // A schema that others are made of says no more of itself than they do (OpenAPI 3.1.1 §4.8.25.1).
    if (branches.length === 0 && !isMapped(mapping, name)) return [];
    const at = toPointer([...keys, propertyName]);
    const led = ledTo(contract, mapping, name, branches, propertyName);
    if (led === 'anywhere') return [];
    if (!led) return [{ kind: 'schema', at, message: `${at} is "${name}", which is the name of none of its schemas` }];
    const [violation] = contract.validatorOf(led, 'response').violations(value, 'body');
    if (!violation) return [];
    const place = `${toPointer(keys)}${violation.pointer}`;
    return [
      {
        kind: 'schema',
        at,
        message: `${at} is "${name}", and the body is none of that schema: ${place || 'the body'} ${violation.message}`,
      },
    ];
  });
}

const isMapped = (mapping: unknown, name: string) => isObject(mapping) && Object.hasOwn(mapping, name);

interface Branch extends Located {
  readonly reference?: string;
}

function branchesOf({ description }: Contract, { schema, pointer }: Flat): Branch[] {
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    if (!Array.isArray(list)) return [];
    return list.map((member: unknown, index): Branch => {
      const located = follow(description, { schema: member, pointer: `${pointer}/${keyword}/${index}` });
      return isObject(member) && typeof member.$ref === 'string' ? { ...located, reference: member.$ref } : located;
    });
  });
}

/** The schema that a name leads to: by the mapping, else of that name. `anywhere` where the document says too little to tell. */
function ledTo(
  { description }: Contract,
  mapping: unknown,
  name: string,
  branches: readonly Branch[],
  propertyName: string,
): Located | undefined | 'anywhere' {
  const mapped = isMapped(mapping, name) ? (mapping as JsonObject)[name] : undefined;
  const target = typeof mapped === 'string' ? mapped : name;
  const reference = /[/#]/.test(target) ? target : `#/components/schemas/${target}`;
  const pointer = reference.startsWith('#') ? pointerOf(reference) : undefined;
  const named = branches.find((branch) => branch.reference === reference || branch.pointer === pointer);
  if (named) return named;
  const spoken = branches.find((branch) => speaksOf(flatten(description, branch), propertyName, name));
  if (spoken) return spoken;
  if (branches.length > 0) {
    const isKnown = branches.every(
      ({ reference, schema }) => reference !== undefined || (isObject(schema) && schema.type === 'null'),
    );
    return isKnown ? undefined : 'anywhere';
  }
  const schema = pointer === undefined ? undefined : valueAt(description.root, pointer);
  return schema === undefined || pointer === undefined ? 'anywhere' : { schema, pointer };
}

/** Many documents say by `const` or `enum` what the mapping does not. */
function speaksOf({ properties }: JsonObject, propertyName: string, name: string): boolean {
  const property = isObject(properties) ? properties[propertyName] : undefined;
  if (!isObject(property)) return false;
  return property.const === name || (Array.isArray(property.enum) && property.enum.includes(name));
}
