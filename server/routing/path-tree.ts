import { decode, parseSegment } from './segment.js';

/** Path templates, to be found by path. The cost of a look-up depends on the path's length, not on how many there are. */
export interface PathTree<T> {
  readonly add: (template: string, value: T) => void;
  /**
   * Each value whose template fits, concrete segments before templated ones (OpenAPI 3.1.1 §4.8.8.2), with its
   * parameters still percent-encoded. `accept` ends the search by returning true.
   */
  readonly find: (path: string, accept: (value: T, parameters: Readonly<Record<string, string>>) => boolean) => void;
}

interface Node<T> {
  readonly texts: Map<string, Node<T>>;
  readonly mixed: {
    readonly pattern: RegExp;
    readonly names: readonly string[];
    readonly textLength: number;
    readonly node: Node<T>;
  }[];
  /** Parameter names differ between templates; the values know theirs. */
  parameter?: Node<T>;
  readonly values: { readonly value: T; readonly names: readonly (readonly string[])[] }[];
}

export function createPathTree<T>(): PathTree<T> {
  const root = createNode<T>();
  return {
    add(template, value) {
      let node = root;
      const names: string[][] = [];
      for (const text of segmentsOf(template)) {
        const segment = parseSegment(text);
        if (segment.kind === 'text') node = getOrMake(node.texts, segment.text);
        else if (segment.kind === 'parameter') {
          node.parameter ??= createNode();
          node = node.parameter;
          names.push([segment.name]);
        } else {
          const known = node.mixed.find(({ pattern }) => pattern.source === segment.pattern.source);
          const entry = known ?? { ...segment, node: createNode<T>() };
          if (!known) {
            node.mixed.push(entry);
            node.mixed.sort((a, b) => b.textLength - a.textLength);
          }
          node = entry.node;
          names.push([...segment.names]);
        }
      }
      node.values.push({ value, names });
    },
    find(path, accept) {
      const segments = segmentsOf(path);
      walk(root, segments, 0, [], accept);
    },
  };
}

function createNode<T>(): Node<T> {
  return { texts: new Map(), mixed: [], values: [] };
}

function getOrMake<T>(nodes: Map<string, Node<T>>, text: string): Node<T> {
  const node = nodes.get(text) ?? createNode<T>();
  nodes.set(text, node);
  return node;
}

function segmentsOf(path: string): string[] {
  return path.slice(1).split('/');
}

function walk<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  captured: readonly (readonly string[])[],
  accept: (value: T, parameters: Readonly<Record<string, string>>) => boolean,
): boolean {
  const segment = segments[depth];
  if (segment === undefined) return node.values.some(({ value, names }) => accept(value, nameAll(names, captured)));
  const text = node.texts.get(decode(segment));
  if (text && walk(text, segments, depth + 1, captured, accept)) return true;
  for (const { pattern, node: next } of node.mixed) {
    const match = pattern.exec(segment);
    if (match && walk(next, segments, depth + 1, [...captured, match.slice(1)], accept)) return true;
  }
  return (
    node.parameter !== undefined &&
    segment !== '' &&
    walk(node.parameter, segments, depth + 1, [...captured, [segment]], accept)
  );
}

function nameAll(
  names: readonly (readonly string[])[],
  captured: readonly (readonly string[])[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((group, index) => group.map((name, at) => [name, captured[index]?.[at] ?? ''] as const)),
  );
}
