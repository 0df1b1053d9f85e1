import { type Description, isObject } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import type { Violation } from '../violation.js';
import type { Direction } from './dialect.js';
import type { Checkers } from './sample-check.js';

/** What goes along while a value is made. */
export interface Making {
  readonly description: Description;
  readonly direction: Direction;
  readonly kind: 'documented' | 'fresh';
  readonly chance: Chance;
  /** Whether objects get only what is required, and lists only as many items as they must have. */
  readonly isLean: boolean;
  /** The `$ref`s that led here. */
  readonly within: readonly string[];
  readonly faults: Faults;
  readonly checkers: Checkers;
  /** Parts that may still be made. */
  readonly work: { left: number };
  /** What was left when this try began. */
  readonly workAtStart: number;
}

/** A value of more parts than this gets no more of what is optional and deep: it shows enough. */
const partsMax = 400;
const deep = 3;
/** Nesting below this gets only what is required. */
const depthMax = 6;

/** Whether only what is required is to be made at this depth. */
export function isSparing({ isLean, work, workAtStart }: Making, depth: number): boolean {
  return isLean || depth >= depthMax || work.left <= 0 || (depth >= deep && workAtStart - work.left > partsMax);
}

/** What earlier tries taught of a place in the value. */
export interface Fault {
  /** How often something was wrong here. */
  level: number;
  /** The document's own value for this place is not to be used. */
  distrusted: boolean;
  isOmitted: boolean;
  isNeeded: boolean;
}

/** The faults of a value by JSON Pointer, and the places that have a value as the document gives it. */
export interface Faults {
  readonly at: Map<string, Fault>;
  readonly given: Set<string>;
}

export const createFaults = (): Faults => ({ at: new Map(), given: new Set() });

/** So often wrong, an optional member is left out; a required one is its parent's fault. */
export const levelMax = 3;

export function faultAt({ faults }: Making, path: string): Fault | undefined {
  return faults.at.size === 0 ? undefined : faults.at.get(path);
}

const omitting = new Set(['additionalProperties', 'unevaluatedProperties', 'false schema']);
const needing = new Set(['required', 'dependentRequired', 'dependencies']);
const parentOf = (pointer: string) => pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0));

/** Learns from what is wrong with the value at `path`. */
export function learn({ at, given }: Faults, violations: readonly Violation[], path: string): void {
  const raised = new Set<string>();
  const fault = (pointer: string): Fault => {
    const known = at.get(pointer);
    if (known) return known;
    const made: Fault = { level: 0, distrusted: false, isOmitted: false, isNeeded: false };
    at.set(pointer, made);
    return made;
  };
  const raise = (pointer: string): void => {
    if (raised.has(pointer)) return;
    raised.add(pointer);
    const { level } = fault(pointer);
    fault(pointer).level = level + 1;
    if (level >= levelMax && pointer !== path) raise(parentOf(pointer));
  };
  // What is wrong with one alternative is not wrong with the others.
  const choices = violations.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  for (const { pointer, keyword } of violations) {
    const place = `${path}${pointer}`;
    const source = nearest(given, place);
    if (source !== undefined) {
      fault(source).distrusted = true;
      continue;
    }
    const isOfChoice = choices.some((choice) => pointer.startsWith(choice.pointer) && choice.keyword !== keyword);
    if (!isOfChoice) {
      if (omitting.has(keyword)) fault(place).isOmitted = true;
      if (needing.has(keyword)) fault(place).isNeeded = true;
    }
    raise(place);
  }
}

/** The place itself, or the nearest around it, that has a value of the document. */
function nearest(given: ReadonlySet<string>, place: string): string | undefined {
  if (given.size === 0) return undefined;
  for (let at = place; ; at = parentOf(at)) {
    if (given.has(at)) return at;
    if (at === '') return undefined;
  }
}

/** A schema is made inside of itself this often, where it need not be: more of them make no better example. */
const repetitionsMax = 2;

/** The `$ref`s that a schema is made of. */
function referencesOf(schema: unknown): string[] {
  if (!isObject(schema)) return [];
  const members = Array.isArray(schema.allOf) ? schema.allOf : [];
  if (members.length === 0) return typeof schema.$ref === 'string' ? [schema.$ref] : none;
  return [...(typeof schema.$ref === 'string' ? [schema.$ref] : []), ...members.flatMap(referencesOf)];
}

const none: string[] = [];

export function goesInCircles({ within }: Making, schema: unknown): boolean {
  return (
    within.length >= repetitionsMax &&
    referencesOf(schema).some((reference) => within.filter((known) => known === reference).length >= repetitionsMax)
  );
}

export function inside(making: Making, schema: unknown): Making {
  const references = referencesOf(schema);
  return references.length === 0 ? making : { ...making, within: [...making.within, ...references] };
}
