import { coerceParts } from './coerce.js';
import type { Shape } from './shape.js';

/** What is written in brackets: `filter[owner][id]=1` is the leaf `owner`, `id` of `filter`. */
export interface Leaf {
  readonly keys: readonly string[];
  readonly text: string;
}

/** Deeper brackets are no structure any more but part of the last name. */
const depthMax = 32;

interface Node {
  readonly texts: string[];
  readonly members: Map<string, Node>;
  /** What came with empty brackets. */
  readonly unnamed: Node[];
}

const emptyNode = (): Node => ({ texts: [], members: new Map(), unnamed: [] });

/**
 * The value that leaves make. Brackets nest; a list's members are `[]=`, `[0]=` or the same name again, as most clients write
 * them. `[][a]=1&[][b]=2&[][a]=3` are two objects: a name that is there already begins the next.
 */
export function readBrackets(leaves: readonly Leaf[], shape: Shape): unknown {
  const root = emptyNode();
  for (const { keys, text } of leaves)
    insert(
      root,
      keys.length <= depthMax ? keys : [...keys.slice(0, depthMax - 1), keys.slice(depthMax - 1).join('][')],
      text,
    );
  return valueAt(root, shape);
}

/** The keys `a`, `b` of `name[a][b]`; `undefined` where what is named is no such part. */
export function keysOf(name: string, text: string): string[] | undefined {
  if (!text.startsWith(`${name}[`) || !text.endsWith(']')) return undefined;
  return text.slice(name.length + 1, -1).split('][');
}

function insert(root: Node, keys: readonly string[], text: string): void {
  let node = root;
  keys.forEach((key, index) => {
    node = key === '' ? unnamedOf(node, keys[index + 1], index + 2 >= keys.length) : memberOf(node, key);
  });
  node.texts.push(text);
}

function memberOf({ members }: Node, key: string): Node {
  const known = members.get(key);
  if (known) return known;
  const made = emptyNode();
  members.set(key, made);
  return made;
}

function unnamedOf({ unnamed }: Node, next: string | undefined, isLast: boolean): Node {
  const last = unnamed.at(-1);
  const isTaken = next === undefined || next === '' || !last || (isLast && last.members.has(next));
  if (!isTaken) return last;
  const made = emptyNode();
  unnamed.push(made);
  return made;
}

function valueAt(node: Node, shape: Shape): unknown {
  const { members, unnamed, texts } = node;
  if (members.size === 0 && unnamed.length === 0) return coerceParts(texts, shape);
  const types = shape.types();
  const mayBeList = types.includes('array') || !types.includes('object');
  if (mayBeList && [...members.keys()].every((name) => /^\d+$/.test(name))) {
    const placed = [...members].sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member);
    return [...placed, ...unnamed].map((member, index) => valueAt(member, shape.itemAt(index)));
  }
  const named = [...members, ...unnamed.map((member) => ['', member] as const)];
  return Object.fromEntries(named.map(([name, member]) => [name, valueAt(member, shape.property(name))]));
}
