import { isObject, type JsonObject } from '../../documents/index.js';
import { distinctValues } from './sample-distinct.js';
import { faultAt, goesInCircles, isSparing, levelMax, type Making } from './sample-making.js';
import { makeValue, type Standing } from './sample-value.js';
import { identityOf } from './unique-items.js';

/** A list as long as one has to be to show what is in it. */
export function arrayOf(making: Making, schema: JsonObject, standing: Standing): unknown[] {
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const items = schema.items ?? schema.unevaluatedItems ?? {};
  const wanted = containedIn(schema);
  const length = lengthOf(making, schema, standing, { items, prefix: prefix.length, contained: wanted.length });
  const made: unknown[] = [];
  const others = schema.uniqueItems === true ? { known: new Set<unknown>(), sources: new Map() } : undefined;
  for (let index = 0; index < length; index++) {
    const own = index < prefix.length ? prefix[index] : items;
    if (own === false) break;
    // Those that must be contained come last, where nothing else is said of their place.
    const part = index >= length - wanted.length ? containedPart(own, wanted[length - 1 - index]) : own;
    // An item that is contained already can't be so again where all are different.
    const first = itemOf(making, part, standing, index, others);
    const item = first === undefined && part !== own ? itemOf(making, own, standing, index, others) : first;
    if (item === undefined) break;
    made.push(item);
  }
  return made;
}

const containedParts = new WeakMap<object, WeakMap<object, JsonObject>>();

/** An item that is one of the list, and one that it has to contain. */
function containedPart(own: unknown, contains: unknown): unknown {
  if (!isObject(own) || !isObject(contains))
    return own === false || contains === false ? false : isObject(own) ? own : contains;
  const known = containedParts.get(own) ?? new WeakMap<object, JsonObject>();
  containedParts.set(own, known);
  const part = known.get(contains) ?? { allOf: [own, contains] };
  known.set(contains, part);
  return part;
}

/** What the list has to contain, each as often as it has to. */
function containedIn({ contains, minContains, maxContains, allOf }: JsonObject): unknown[] {
  const others = Array.isArray(allOf) ? allOf.filter(isObject).flatMap(containedIn) : [];
  if (contains === undefined) return others;
  const min = typeof minContains === 'number' ? minContains : 1;
  const count = Math.min(typeof maxContains === 'number' ? Math.min(min, maxContains) : min, sampledItemsMax);
  return [...Array.from({ length: count }, () => contains), ...others];
}

function lengthOf(
  making: Making,
  { minItems, maxItems, uniqueItems, items: declared }: JsonObject,
  { path, depth }: Standing,
  { items, prefix, contained }: { readonly items: unknown; readonly prefix: number; readonly contained: number },
): number {
  const min = Math.max(typeof minItems === 'number' ? minItems : 0, contained);
  const max = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const isFaulty = making.faults.at.size > 0;
  const isBad =
    isFaulty && ((faultAt(making, path)?.level ?? 0) > 1 || (faultAt(making, `${path}/0`)?.level ?? 0) >= levelMax);
  const isShort = isBad || isSparing(making, depth) || goesInCircles(making, items);
  const isEmpty = items === false || (declared === undefined && prefix === 0 && uniqueItems === true);
  const own = isShort || isEmpty ? min : Math.max(min, 1, prefix);
  // What has to be contained may not be what stands at the start.
  const wanted = isFaulty && contained > 0 && items !== false ? Math.max(own, prefix + contained) : own;
  return Math.min(wanted, max, sampledItemsMax);
}

/** A schema that wants a longer list gets none that it accepts: nobody means a billion items. */
const sampledItemsMax = 10_000;

/** More tries than this for an item that is not in the list yet would be hoping. */
const uniqueTries = 12;

/** The items of a list that are all different, and where to look for more of them. */
interface Others {
  readonly known: Set<unknown>;
  readonly sources: Map<unknown, Iterator<unknown>>;
}

function itemOf(
  making: Making,
  part: unknown,
  { path, depth, name }: Standing,
  index: number,
  others: Others | undefined,
): unknown {
  const located = { schema: part, pointer: '' };
  const make = (way: Making) => makeValue(way, located, `${path}/${index}`, depth + 1, singular(name));
  const first = make(making);
  if (!others || first === undefined) return first;
  const isNew = (item: unknown) => item !== undefined && !others.known.has(identityOf(item));
  const taken = (item: unknown) => {
    others.known.add(identityOf(item));
    return item;
  };
  if (isNew(first)) return taken(first);
  for (let attempt = 0; attempt < uniqueTries && making.work.left > 0; attempt++) {
    const item = make({ ...making, kind: 'fresh' });
    if (isNew(item)) return taken(item);
  }
  const source = others.sources.get(part) ?? distinctValues(making, part);
  others.sources.set(part, source);
  for (let next = source.next(); !next.done; next = source.next())
    if (isNew(next.value) && making.checkers(part).check(next.value)) return taken(next.value);
  return undefined;
}

/** The items of `tags` are each a tag. */
function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
}
