import type { JsonObject } from '../../documents/index.js';
import { merge } from './merge.js';
import { setApart } from './sample-apart.js';
import { leastDepth } from './sample-depth.js';
import { withDiscriminator } from './sample-discriminator.js';
import { faultAt, goesInCircles, inside, type Making } from './sample-making.js';
import { satisfy } from './sample-satisfy.js';
import { flatOf, makeOf, type Standing } from './sample-value.js';

/** To look for an alternative is as much work as to make this many parts. */
const searchWork = 50;
/** Alternatives are nested no deeper than this when one is looked for that fits. */
const searchDepthMax = 40;
/** Alternatives nested deeper than this are made of themselves. */
const depthMax = 80;

/** A value of one of the alternatives of a `oneOf` or `anyOf`. Where the first choice went wrong, of one that is accepted. */
export function chosenAlternative(
  making: Making,
  flat: JsonObject,
  standing: Standing,
): { readonly value: unknown } | undefined {
  const keyword = Array.isArray(flat.oneOf) ? 'oneOf' : 'anyOf';
  const members = flat[keyword];
  if (!Array.isArray(members) || members.length === 0 || standing.depth > depthMax) return undefined;
  const { kind, chance } = making;
  const make = (member: unknown, way: Making) =>
    makeOf(inside(way, member), withMember(way, flat, keyword, member), {
      ...standing,
      depth: standing.depth + 1,
    });
  const choices = ending(making, members);
  const level = faultAt(making, standing.path)?.level ?? 0;
  if (level === 0) return { value: make(kind === 'fresh' ? chance.pick(choices) : choices[0], making) };
  return {
    value: search(making, flat, [...choices, ...members.filter((it) => !choices.includes(it))], make, standing),
  };
}

/** Those that come to an end soonest, where one could go on for ever. */
function ending(making: Making, members: readonly unknown[]): readonly unknown[] {
  const open = members.filter((member) => !goesInCircles(making, member));
  const choices = open.length > 0 ? open : members;
  if (!making.isLean && making.within.length < 8) return choices;
  const depths = choices.map((member) => leastDepth(making.description, member));
  const least = Math.min(...depths);
  return choices.filter((_, index) => depths[index] === least);
}

const combined = new WeakMap<JsonObject, Map<unknown, JsonObject>>();

/** The alternative, and what stands beside the alternatives. */
function withMember(making: Making, flat: JsonObject, keyword: 'oneOf' | 'anyOf', member: unknown): JsonObject {
  let known = combined.get(flat);
  if (!known) {
    known = new Map();
    combined.set(flat, known);
  }
  const found = known.get(member);
  if (found) return found;
  const { [keyword]: _, discriminator, ...rest } = flat;
  const alternative = flatOf(making.description, { schema: member, pointer: '' });
  const named = withDiscriminator(making, member, alternative, discriminator ?? alternative.discriminator);
  const made = flatOf(making.description, { schema: merge(named, rest), pointer: '' });
  known.set(member, made);
  return made;
}

function search(
  making: Making,
  flat: JsonObject,
  members: readonly unknown[],
  make: (member: unknown, making: Making) => unknown,
  { path, depth }: Standing,
): unknown {
  making.work.left -= searchWork;
  const checker = making.checkers(flat);
  let last: unknown;
  for (const isLean of [making.isLean, true]) {
    for (const member of members) {
      last = make(member, { ...making, isLean });
      if (last !== undefined && checker.check(last)) return last;
      if (making.work.left <= 0) return last;
    }
  }
  if (depth > searchDepthMax) return last;
  if (Array.isArray(flat.oneOf)) {
    for (const isLean of [making.isLean, true]) {
      for (const member of members) {
        const apart = setApart(making, make(member, { ...making, isLean }), member, members, checker);
        if (apart !== undefined) return apart;
      }
    }
  }
  for (const member of members) {
    const { value, isValid } = satisfy(
      { ...making, faults: { at: withoutFault(making, path), given: new Set() } },
      checker,
      (way) => make(member, way),
      path,
    );
    if (isValid || making.work.left <= 0) return value;
  }
  return last;
}

/** What was learnt of other places than this. */
function withoutFault({ faults }: Making, path: string) {
  return new Map([...faults.at].filter(([place]) => place !== path && !place.startsWith(`${path}/`)));
}
