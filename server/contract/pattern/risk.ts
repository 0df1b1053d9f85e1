import { type CharacterSet, overlap } from './character-set.js';
import type { Syntax } from './syntax.js';

/** Patterns with more elements are not looked into: they are taken for the worst. */
const elementsMax = 150;
const workMax = 300_000;
/** Single characters that repeat no more often than this are written out. */
const writtenOut = 8;
/** An engine that tries one way after the other may try about this many. */
const triesMax = 1_000_000;

/**
 * How long a text, in characters, an engine that tries one way after the other may be given, so that it comes to an end
 * soon: `Infinity` for most patterns, 0 for those where each character may double the ways. It errs to the short side.
 */
export function safeLength(syntax: Syntax): number {
  try {
    const degree = degreeOf(syntax, !beginsAtStart(syntax));
    return degree === 0 ? Number.POSITIVE_INFINITY : Math.floor(triesMax ** (1 / (degree + 1)));
  } catch (error) {
    if (error instanceof Endless) return 0;
    throw error;
  }
}

/** Whether ways through a pattern double with each character of some text: an engine that tries them all does not come to an end. */
export function doubles(syntax: Syntax): boolean {
  try {
    degreeOf(syntax, false);
    return false;
  } catch (error) {
    if (error instanceof Endless) return !(error instanceof TooLarge);
    throw error;
  }
}

class Endless extends Error {}
/** Taken for endless, unseen. */
class TooLarge extends Endless {}

interface Reach {
  readonly canBeEmpty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** How many places of a pattern leave a choice of ways for one character; 0 where that costs nothing. */
function degreeOf(syntax: Syntax, isFloating: boolean): number {
  const sets: CharacterSet[] = [];
  const follow: number[][] = [];
  let looking = 0;
  const element = (set: CharacterSet): Reach => {
    if (sets.length >= elementsMax) throw new TooLarge();
    const at = sets.push(set) - 1;
    follow.push([]);
    return { canBeEmpty: false, first: [at], last: [at] };
  };
  const link = (from: readonly number[], to: readonly number[]) => {
    for (const at of from) follow[at]?.push(...to);
  };
  const then = (left: Reach, right: Reach): Reach => {
    link(left.last, right.first);
    return {
      canBeEmpty: left.canBeEmpty && right.canBeEmpty,
      first: left.canBeEmpty ? [...left.first, ...right.first] : left.first,
      last: right.canBeEmpty ? [...left.last, ...right.last] : right.last,
    };
  };
  const again = (part: Reach): Reach => {
    link(part.last, part.first);
    return part;
  };
  const optional = (part: Reach): Reach => ({ ...part, canBeEmpty: true });
  const reach = (part: Syntax, isRepeated: boolean): Reach => {
    switch (part.kind) {
      case 'character':
        return element(part.set);
      case 'group':
        return reach(part.part, isRepeated);
      case 'sequence':
        return part.parts.map((member) => reach(member, isRepeated)).reduce(then, nothing);
      case 'choice': {
        const members = part.parts.map((member) => reach(member, isRepeated));
        return {
          canBeEmpty: members.some(({ canBeEmpty }) => canBeEmpty),
          first: members.flatMap(({ first }) => first),
          last: members.flatMap(({ last }) => last),
        };
      }
      case 'repeat': {
        const { min, max } = part;
        if (max === 0) return nothing;
        const isShort = part.part.kind === 'character' && max <= writtenOut;
        if (isShort)
          return Array.from({ length: max }, (_, index) => {
            const once = reach(part.part, isRepeated);
            return index < min ? once : optional(once);
          }).reduce(then, nothing);
        const body = reach(part.part, isRepeated || max > 1);
        // Each turn that must be taken may be an empty one: there are as many ways as choices of them.
        if (min > 1 && body.canBeEmpty && body.first.length > 0) throw new Endless();
        const repeated = max > 1 ? again(body) : body;
        return min === 0 ? optional(repeated) : repeated;
      }
      case 'edge':
        return nothing;
      case 'look':
        // Looked at from each place of a repetition, it is gone through as often.
        looking = Math.max(looking, degreeOf(part.part, false) + (isRepeated ? 1 : 0));
        return nothing;
      case 'reference':
        return again(element(any));
    }
  };
  const whole = reach(syntax, false);
  const component = componentsOf(follow);
  refuseDoubling(sets, follow, component);
  const loops = follow.filter((next, at) => next.some((to) => component[to] === component[at])).length;
  const choices = [whole.first, ...follow].filter((next) => hasOverlap(sets, next)).length;
  if (loops === 0 && looking === 0) return choices <= 10 ? 0 : choices;
  return choices + (isFloating && loops > 0 ? 1 : 0) + looking;
}

const nothing: Reach = { canBeEmpty: true, first: [], last: [] };
const any: CharacterSet = { has: () => true, low: new Uint8Array(256).fill(1), hasHigh: true, named: [] };

function hasOverlap(sets: readonly CharacterSet[], next: readonly number[]): boolean {
  if (next.length * next.length > workMax) throw new TooLarge();
  return next.some((left, index) =>
    next.slice(index + 1).some((right) => overlap(sets[left] as CharacterSet, sets[right] as CharacterSet)),
  );
}

/**
 * Ways double with each turn where one text leads from an element to itself by two ways: where, in the product of the
 * automaton with itself, a pair of one element and a pair of two lie on one circle.
 */
function refuseDoubling(sets: readonly CharacterSet[], follow: readonly number[][], component: Int32Array): void {
  const count = sets.length;
  let work = 0;
  const inner = follow.map((next, at) => next.filter((to) => component[to] === component[at]));
  for (const next of inner) if (new Set(next).size < next.length) throw new Endless();
  const meets = new Int8Array(count * count);
  const meet = (left: number, right: number) => {
    const key = left * count + right;
    if (meets[key] === 0) meets[key] = overlap(sets[left] as CharacterSet, sets[right] as CharacterSet) ? 1 : -1;
    return meets[key] === 1;
  };
  const indices = new Map<number, number>();
  const pairs: number[] = [];
  const indexOf = (left: number, right: number) => {
    const key = left * count + right;
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, pairs.length);
    return pairs.push(key) - 1;
  };
  for (let at = 0; at < count; at++) if (inner[at]?.length) indexOf(at, at);
  const edges: number[][] = [];
  // It grows while it is gone through.
  for (let index = 0; index < pairs.length; index++) {
    const key = pairs[index] as number;
    const found: number[] = [];
    for (const left of inner[Math.floor(key / count)] as number[])
      for (const right of inner[key % count] as number[]) {
        if (++work > workMax) throw new TooLarge();
        if (meet(left, right)) found.push(indexOf(left, right));
      }
    edges.push(found);
  }
  const circles = componentsOf(edges);
  const single = new Set<number>();
  const double = new Set<number>();
  pairs.forEach((key, index) => {
    (Math.floor(key / count) === key % count ? single : double).add(circles[index] as number);
  });
  for (const circle of double) if (single.has(circle)) throw new Endless();
}

/** The strongly connected component of each node of a graph (Tarjan). */
function componentsOf(edges: readonly (readonly number[])[]): Int32Array {
  const component = new Int32Array(edges.length).fill(-1);
  const order = new Int32Array(edges.length).fill(-1);
  const least = new Int32Array(edges.length);
  const stack: number[] = [];
  let visited = 0;
  let components = 0;
  for (let root = 0; root < edges.length; root++) {
    if (order[root] !== -1) continue;
    const path: { readonly at: number; next: number }[] = [];
    const enter = (at: number) => {
      order[at] = visited;
      least[at] = visited++;
      stack.push(at);
      path.push({ at, next: 0 });
    };
    enter(root);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const { at } = frame;
      const to = edges[at]?.[frame.next++];
      if (to !== undefined) {
        if (order[to] === -1) enter(to);
        else if (component[to] === -1) least[at] = Math.min(least[at] as number, order[to] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) least[parent.at] = Math.min(least[parent.at] as number, least[at] as number);
      if (least[at] !== order[at]) continue;
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        component[member] = components;
        if (member === at) break;
      }
      components++;
    }
  }
  return component;
}

/** Whether a pattern can match at the start of a text only. */
function beginsAtStart(syntax: Syntax): boolean {
  switch (syntax.kind) {
    case 'edge':
      return syntax.edge === 'start';
    case 'group':
      return beginsAtStart(syntax.part);
    case 'sequence': {
      const first = syntax.parts.find(({ kind }) => kind !== 'look');
      return first !== undefined && beginsAtStart(first);
    }
    case 'choice':
      return syntax.parts.every(beginsAtStart);
    default:
      return false;
  }
}
