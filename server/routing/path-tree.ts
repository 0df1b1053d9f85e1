import { decode, type MixedSegment, matchMixed, parseSegment } from './segment.js';

/** Path templates, to be found by path. The cost of a look-up depends on the path's length, not on how many there are. */
export interface PathTree<T> {
  /**
   * Values of templates that differ only in their parameters' names are tried in the order they were added. Gives back those that
   * were there before.
   */
  readonly add: (template: string, value: T) => readonly T[];
  /**
   * Each value whose template fits, concrete segments before templated ones (OpenAPI 3.1.1 §4.8.8.2), with its
   * parameters still percent-encoded. `accept` ends the search by returning true.
   */
  readonly find: (path: string, accept: Accept<T>) => void;
}

type Accept<T> = (value: T, parameters: Record<string, string>) => boolean;

/** Most have no more than one of these: there may be as many as operations, and what is empty takes its room. */
interface Node<T> {
  texts?: Map<string, Node<T>>;
  mixed?: { readonly segment: MixedSegment; readonly node: Node<T> }[];
  /** Parameter names differ between templates; the values know theirs. */
  parameter?: Node<T>;
  readonly values: { readonly value: T; readonly names: readonly string[] }[];
}

export function createPathTree<T>(): PathTree<T> {
  const root = createNode<T>();
  return {
    add(template, value) {
      let node = root;
      const names: string[] = [];
      for (const text of segmentsOf(template)) {
        const segment = parseSegment(text);
        if (segment.kind === 'text') node = getOrMake(node, segment.text);
        else if (segment.kind === 'parameter') {
          node.parameter ??= createNode();
          node = node.parameter;
          names.push(segment.name);
        } else {
          node = getOrAdd(node, segment);
          names.push(...segment.names);
        }
      }
      const before = node.values.map(({ value: known }) => known);
      node.values.push({ value, names });
      return before;
    },
    find(path, accept) {
      walk(root, path, 1, none, accept);
    },
  };
}

function createNode<T>(): Node<T> {
  return { values: [] };
}

function getOrMake<T>(parent: Node<T>, text: string): Node<T> {
  parent.texts ??= new Map();
  let node = parent.texts.get(text);
  if (!node) {
    node = createNode<T>();
    parent.texts.set(text, node);
  }
  return node;
}

function getOrAdd<T>(parent: Node<T>, segment: MixedSegment): Node<T> {
  const { texts } = segment;
  parent.mixed ??= [];
  const { mixed } = parent;
  const known = mixed.find(
    (entry) =>
      entry.segment.texts.length === texts.length && entry.segment.texts.every((text, index) => text === texts[index]),
  );
  if (known) return known.node;
  const node = createNode<T>();
  mixed.push({ segment, node });
  mixed.sort((a, b) => b.segment.textLength - a.segment.textLength);
  return node;
}

function segmentsOf(path: string): string[] {
  return path.slice(1).split('/');
}

const none: readonly never[] = [];

/** @param start where the next segment starts; 0 behind the last one */
function walk<T>(node: Node<T>, path: string, start: number, captured: readonly string[], accept: Accept<T>): boolean {
  if (start === 0) {
    for (const { value, names } of node.values) if (accept(value, nameAll(names, captured))) return true;
    return false;
  }
  const end = path.indexOf('/', start);
  const segment = end < 0 ? path.slice(start) : path.slice(start, end);
  const text = node.texts?.get(decode(segment));
  if (text && walk(text, path, end + 1, captured, accept)) return true;
  for (const { segment: pattern, node: next } of node.mixed ?? none) {
    const match = matchMixed(pattern, segment);
    if (match && walk(next, path, end + 1, [...captured, ...match], accept)) return true;
  }
  return (
    node.parameter !== undefined &&
    segment !== '' &&
    walk(node.parameter, path, end + 1, [...captured, segment], accept)
  );
}

const own = { enumerable: true, configurable: true, writable: true };

function nameAll(names: readonly string[], captured: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    // An assignment would set the prototype.
    if (name === '__proto__') Object.defineProperty(parameters, name, { ...own, value: captured[index] });
    else parameters[name] = captured[index] as string;
  }
  return parameters;
}
