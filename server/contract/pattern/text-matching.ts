import type { Chance } from '../chance.js';
import { alphabetOf, type Letter } from './alphabet.js';
import { programOf } from './program.js';
import { sampleSyntax } from './sample-syntax.js';
import { isWord } from './search.js';
import { after, atStart, isLost, mayEnd, type Standing, type Stepper, steppersOf } from './stepper.js';
import { type Syntax, syntaxOf } from './syntax.js';

/** What a text has to be. Lengths are in characters. */
export interface TextBounds {
  readonly patterns: readonly string[];
  /** Patterns that it must not match. */
  readonly avoided?: readonly string[];
  readonly min: number;
  readonly max: number;
}

/** More states of the automata together than this are not looked at, nor more states times lengths. */
const statesMax = 6_000;
const workMax = 500_000;
/** Texts of this many different lengths are looked for, the shortest first. */
const lengthsTried = 40;
const tries = 12;

/** A text that matches all of some patterns, has a length, and fits; `undefined` where none was found in bounded time. */
export function textMatching(bounds: TextBounds, chance: Chance, fits: (text: string) => boolean): string | undefined {
  const syntaxes = bounds.patterns.map(parse);
  const avoided = (bounds.avoided ?? []).map(parse);
  for (const isWhole of [true, false]) {
    const route = routeOf(bounds, syntaxes, avoided, isWhole);
    for (let attempt = 0; route && attempt < tries; attempt++) {
      const text = walk(route, chance);
      if (fits(text)) return text;
    }
  }
  for (const syntax of syntaxes) {
    if (!syntax || failed.has(syntax)) continue;
    for (let attempt = 0; attempt < tries; attempt++) {
      const text = sampleSyntax(syntax, chance, bounds.min, attempt);
      const { length } = [...text];
      if (length >= bounds.min && length <= bounds.max && fits(text)) return text;
    }
    // To ask whether such a text matches may take long each time.
    if (programOf(syntax) === undefined) failed.add(syntax);
  }
  return undefined;
}

/** Patterns without an automaton that no text was found for. */
const failed = new WeakSet<Syntax>();

const parsed = new Map<string, Syntax | undefined>();
const parsedMax = 1_000;

function parse(pattern: string): Syntax | undefined {
  if (!parsed.has(pattern)) {
    if (parsed.size >= parsedMax) parsed.clear();
    parsed.set(pattern, syntaxOf(pattern, 'u') ?? syntaxOf(pattern, ''));
  }
  return parsed.get(pattern);
}

/** One place of all automata at once, and where each letter leads from there. */
interface State {
  readonly isEnd: boolean;
  readonly to: readonly (readonly [letter: Letter, state: number])[];
}

interface Route {
  readonly states: readonly State[];
  /** By how many characters are still to come: whether a state comes to an end with as many. */
  readonly ends: readonly Uint8Array[];
  readonly lengths: readonly number[];
}

const routes = new Map<string, Route | undefined>();
const routesMax = 200;

function routeOf(
  bounds: TextBounds,
  syntaxes: readonly (Syntax | undefined)[],
  avoided: readonly (Syntax | undefined)[],
  isWhole: boolean,
): Route | undefined {
  const key = JSON.stringify([bounds, isWhole]);
  if (!routes.has(key)) {
    if (routes.size >= routesMax) routes.clear();
    routes.set(key, findRoute(bounds, syntaxes, avoided, isWhole));
  }
  return routes.get(key);
}

function findRoute(
  { min, max }: TextBounds,
  syntaxes: readonly (Syntax | undefined)[],
  avoided: readonly (Syntax | undefined)[],
  isWhole: boolean,
): Route | undefined {
  const wanted = syntaxes.map((syntax) => syntax && steppersOf(syntax, false, isWhole));
  if (wanted.some((steppers) => steppers === undefined)) return undefined;
  const steppers = [
    ...wanted.flatMap((found) => found ?? []),
    // What must not match is checked in the end, where there is no automaton for it.
    ...avoided.flatMap((syntax) => (syntax && steppersOf(syntax, true, false)) ?? []),
  ];
  const states = statesOf(steppers, alphabetOf(steppers.map(({ program }) => program)));
  const longest = Math.min(max, min + Math.max(lengthsTried, Math.min(states.length, 300)));
  if (longest * states.length > 4 * workMax) return undefined;
  const ends: Uint8Array[] = [Uint8Array.from(states, ({ isEnd }) => (isEnd ? 1 : 0))];
  const lengths: number[] = [];
  for (let length = 0; length <= longest; length++) {
    const now = ends[length] as Uint8Array;
    if (length >= min && now[0] === 1) lengths.push(length);
    if (lengths.length >= lengthsTried) break;
    ends.push(Uint8Array.from(states, ({ to }) => (to.some(([, state]) => now[state] === 1) ? 1 : 0)));
  }
  return lengths.length === 0 ? undefined : { states, ends, lengths };
}

/** All places that can be reached, as far as there may be so many; the nearest first. */
function statesOf(steppers: readonly Stepper[], alphabet: readonly Letter[]): State[] {
  const known = new Map<string, number>();
  const places: (readonly Standing[])[] = [];
  const indexOf = (place: readonly Standing[]): number | undefined => {
    const key = place.map(({ hasMatched, at, before }) => `${hasMatched} ${edgeOf(before)} ${at}`).join(';');
    const found = known.get(key);
    if (found !== undefined || places.length >= statesMax) return found;
    known.set(key, places.length);
    return places.push(place) - 1;
  };
  indexOf(steppers.map(atStart));
  let work = workMax;
  const states: State[] = [];
  // It grows while it is gone through.
  for (let index = 0; index < places.length; index++) {
    const place = places[index] as readonly Standing[];
    const to: [Letter, number][] = [];
    for (const letter of work > 0 ? alphabet : []) {
      const next = steppers.map((stepper, at) => after(stepper, place[at] as Standing, letter.character));
      work -= 5 + next.reduce((sum, { at }) => sum + at.length, 0) + place.reduce((sum, { at }) => sum + at.length, 0);
      if (next.some((standing, at) => isLost(steppers[at] as Stepper, standing))) continue;
      const state = indexOf(next);
      if (state !== undefined) to.push([letter, state]);
    }
    states.push({ isEnd: steppers.every((stepper, at) => mayEnd(stepper, place[at] as Standing)), to });
  }
  return states;
}

const edgeOf = (before: number | undefined) => (before === undefined ? '' : isWord(before) ? 'w' : '-');

/** Shorter texts are likelier than long ones. */
const likely = 8;

function walk({ states, ends, lengths }: Route, chance: Chance): string {
  const length = lengths[chance.integer(0, Math.min(lengths.length, likely) - 1)] as number;
  let text = '';
  let state = 0;
  for (let left = length - 1; left >= 0; left--) {
    const ways = (states[state] as State).to.filter(([, to]) => ends[left]?.[to] === 1);
    const best = Math.max(...ways.map(([{ rank }]) => rank));
    // Letters and digits read best; where the pattern allows others, they come now and then.
    const isOdd = best > 1 && chance.integer(0, 7) === 0;
    const [letter, to] = pick(
      ways.filter(([{ rank }]) => (isOdd ? rank > 1 : rank === best)),
      chance,
    );
    text += chance.pick(letter.likes);
    state = to;
  }
  return text;
}

/** Each in proportion to how many characters it stands for. */
function pick(ways: readonly (readonly [Letter, number])[], chance: Chance): readonly [Letter, number] {
  const total = ways.reduce((sum, [{ likes }]) => sum + likes.length, 0);
  let rest = chance.integer(0, total - 1);
  for (const way of ways) {
    rest -= way[0].likes.length;
    if (rest < 0) return way;
  }
  return ways[0] as readonly [Letter, number];
}
