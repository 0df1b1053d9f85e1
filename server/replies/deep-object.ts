import { anyShape, type ValueShape } from '../contract/index.js';
import { coerceParts, memberShape } from './coerce.js';
import type { QueryPair } from './query.js';

/** Deeper brackets are no structure any more but part of the last name. */
const depthMax = 32;

interface Node {
  readonly texts: string[];
  readonly members: Map<string, Node>;
}

/**
 * `filter[a]=1&filter[b][c]=2`: OpenAPI defines `deepObject` for members that are scalars (3.1.1 §4.8.12.6); beyond that,
 * brackets nest, and a list's members are `[]=`, `[0]=` or the same name again, as most clients write them.
 */
export function readDeepObject(name: string, pairs: readonly QueryPair[], shape: ValueShape): unknown {
  const root: Node = { texts: [], members: new Map() };
  for (const pair of pairs) {
    const keys = keysOf(name, pair.name);
    if (keys) insert(root, keys, pair.value);
  }
  return root.members.size === 0 ? undefined : valueAt(root, shape);
}

/** Whether a pair is part of the parameter. */
export const isDeepMember = (name: string, pairName: string) => keysOf(name, pairName) !== undefined;

function keysOf(name: string, pairName: string): string[] | undefined {
  if (!pairName.startsWith(`${name}[`) || !pairName.endsWith(']')) return undefined;
  const keys = pairName.slice(name.length + 1, -1).split('][');
  return keys.length <= depthMax ? keys : [...keys.slice(0, depthMax - 1), keys.slice(depthMax - 1).join('][')];
}

function insert(root: Node, keys: readonly string[], text: string): void {
  let node = root;
  for (const key of keys) {
    const next = node.members.get(key) ?? { texts: [], members: new Map() };
    node.members.set(key, next);
    node = next;
  }
  node.texts.push(text);
}

function valueAt(node: Node, shape: ValueShape): unknown {
  if (node.members.size === 0) return coerceParts(node.texts, shape);
  const names = [...node.members.keys()];
  const mayBeList = shape.types.includes('array') || !shape.types.includes('object');
  if (mayBeList && names.every((name) => /^\d*$/.test(name))) {
    const items = shape.items();
    return [...node.members]
      .sort(([a], [b]) => (a === '' || b === '' ? 0 : Number(a) - Number(b)))
      .flatMap(([key, member]) =>
        key === '' && member.members.size === 0
          ? member.texts.map((text) => coerceParts([text], items))
          : [valueAt(member, items)],
      );
  }
  return Object.fromEntries(
    [...node.members].map(([name, member]) => [name, valueAt(member, memberShape(shape, name) ?? anyShape)]),
  );
}
