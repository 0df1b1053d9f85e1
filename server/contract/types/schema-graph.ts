import { type Description, isObject, type JsonObject, pointerOf, valueAt } from '../../documents/index.js';

/** What schemas that are referred to lead to. */
export interface SchemaGraph {
  readonly at: (pointer: string) => unknown;
  /** Whether requests and replies show different sides of it: something in it is `readOnly` or `writeOnly`. */
  readonly isSplit: (pointer: string) => boolean;
  /** Whether one is a part of the other without an object or array in between: such a type would be made of itself. */
  readonly isPartOf: (part: string, whole: string) => boolean;
}

interface Node {
  readonly hasSides: boolean;
  readonly references: readonly string[];
  readonly parts: readonly string[];
}

export function createSchemaGraph(description: Description): SchemaGraph {
  const nodes = new Map<string, Node>();
  const split = new Map<string, boolean>();
  const parts = new Map<string, ReadonlySet<string>>();
  const at = (pointer: string) => valueAt(description.root, pointer);
  const nodeAt = (pointer: string): Node => {
    const known = nodes.get(pointer);
    if (known) return known;
    const made = nodeOf(at(pointer));
    nodes.set(pointer, made);
    return made;
  };
  const reachable = (start: string, next: (node: Node) => readonly string[]): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop())
      for (const other of next(nodeAt(pointer)))
        if (!seen.has(other)) {
          seen.add(other);
          open.push(other);
        }
    return seen;
  };
  return {
    at,
    isSplit: (pointer) => {
      const known = split.get(pointer);
      if (known !== undefined) return known;
      const all = reachable(pointer, ({ references }) => references);
      const isSplit = [pointer, ...all].some((one) => nodeAt(one).hasSides);
      // What is not split has nothing in it that is.
      for (const one of isSplit ? [pointer] : [pointer, ...all]) split.set(one, isSplit);
      return isSplit;
    },
    isPartOf: (part, whole) => {
      const known = parts.get(whole) ?? reachable(whole, (node) => node.parts);
      parts.set(whole, known);
      return known.has(part);
    },
  };
}

function nodeOf(schema: unknown): Node {
  const references = new Set<string>();
  const parts = new Set<string>();
  let hasSides = false;
  const visit = (value: unknown, isPart: boolean): void => {
    if (!isObject(value)) return;
    hasSides ||= value.readOnly === true || value.writeOnly === true;
    const target = targetOf(value);
    if (target !== undefined) {
      references.add(target);
      if (isPart) parts.add(target);
    }
    for (const { schema: inner, isPart: isOfWhole } of subschemas(value)) visit(inner, isPart && isOfWhole);
  };
  visit(schema, true);
  return { hasSides, references: [...references], parts: [...parts] };
}

/** Where a `$ref` leads; `undefined` where there is none that leads anywhere. */
export function targetOf({ $ref }: JsonObject): string | undefined {
  return typeof $ref === 'string' && $ref.startsWith('#') ? pointerOf($ref) : undefined;
}

/** The schemas that types are made of; `isPart` of those that speak of the same value. */
export function* subschemas(schema: JsonObject): Iterable<{ readonly schema: unknown; readonly isPart: boolean }> {
  for (const keyword of ['allOf', 'oneOf', 'anyOf', 'prefixItems'] as const) {
    const list = schema[keyword];
    for (const one of Array.isArray(list) ? list : []) yield { schema: one, isPart: keyword !== 'prefixItems' };
  }
  for (const keyword of ['properties', 'patternProperties'] as const) {
    const map = schema[keyword];
    for (const one of Object.values(isObject(map) ? map : {})) yield { schema: one, isPart: false };
  }
  for (const keyword of ['items', 'additionalProperties'] as const) {
    const value = schema[keyword];
    for (const one of Array.isArray(value) ? value : [value]) yield { schema: one, isPart: false };
  }
}
