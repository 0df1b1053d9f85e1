import type { ResponseMediaType } from '../contract.js';
import type { Shape } from '../shape.js';
import type { Form } from './collection.js';

/** Names that say no more than that the content is inside. */
const wrappers = new Set(
  'data result results response payload content contents value body entity resource object item record _embedded'.split(
    ' ',
  ),
);
/** Those of them that nothing else is called. */
const envelopes = new Set(['data', 'result', 'payload', 'response']);
/** Members that say of an item what it is called, when it was made and the like, beside its content. */
export const aboutItem = new Set(['metadata', 'meta', 'sys', 'info', 'header']);
/** Names that lists have, the best first. */
const listNames = 'data items results value values records list content entries rows elements objects'.split(' ');

/** Where in a body the item stands: the body itself, or a member of it that is only there to hold the item. */
export function itemForm(mediaType: ResponseMediaType, key: readonly string[], singular: string): Form | undefined {
  const within = itemWithin(mediaType.shape, key, singular, 0);
  return within && { mediaType, within };
}

/** Where in a body the list of items stands. */
export function listForm(mediaType: ResponseMediaType, key: readonly string[], plural: string): Form | undefined {
  const within = listWithin(mediaType.shape, key, plural, 0);
  return within && { mediaType, within };
}

/** The same of what is sent. */
export function itemWithin(
  shape: Shape,
  key: readonly string[],
  singular: string,
  depth = 0,
): readonly string[] | undefined {
  if (isList(shape)) return undefined;
  if (shapeAt(shape, key)) {
    // `{"id": 1, "result": {"id": 1, …}}`: what is said twice is said around the item, too.
    const inner = [...shape.properties()].find(([name, one]) => envelopes.has(name.toLowerCase()) && isItem(one, key));
    return inner && depth === 0 ? [inner[0]] : [];
  }
  if (depth > 1) return undefined;
  for (const [name, property] of wrapped(shape, singular)) {
    const inner = itemWithin(property, key, singular, depth + 1);
    if (inner) return [name, ...inner];
  }
  return undefined;
}

function listWithin(
  shape: Shape,
  key: readonly string[],
  plural: string,
  depth: number,
): readonly string[] | undefined {
  if (isList(shape)) return isItem(shape.items(), key) ? [] : undefined;
  const [best] = listMembers(shape, plural).filter(([, list]) => isItem(list.items(), key));
  if (best) return [best[0]];
  for (const [name, property] of depth > 0 ? [] : wrapped(shape, plural)) {
    const inner = listWithin(property, key, plural, depth + 1);
    if (inner) return [name, ...inner];
  }
  return undefined;
}

/** Each shape that may be the item's, the outermost first. */
export function itemShapes(shape: Shape, singular: string, depth = 0): Shape[] {
  if (isList(shape) || depth > 2) return [];
  return [shape, ...wrapped(shape, singular).flatMap(([, property]) => itemShapes(property, singular, depth + 1))];
}

/** Each shape that may be that of the items of a list, the likeliest first. */
export function listItemShapes(shape: Shape, plural: string, depth = 0): Shape[] {
  if (isList(shape)) return [shape.items()];
  return [
    ...listMembers(shape, plural).map(([, list]) => list.items()),
    ...(depth > 0 ? [] : wrapped(shape, plural).flatMap(([, property]) => listItemShapes(property, plural, depth + 1))),
  ];
}

function listMembers(shape: Shape, plural: string): [string, Shape][] {
  const rank = (name: string) => {
    const at = [plural, ...listNames].findIndex((known) => bare(known) === bare(name));
    return at < 0 ? listNames.length + 1 : at;
  };
  return [...shape.properties()].filter(([, property]) => isList(property)).sort(([a], [b]) => rank(a) - rank(b));
}

/** The members that may hold the content. */
function wrapped(shape: Shape, thing: string): [string, Shape][] {
  return [...shape.properties()].filter(([name]) => wrappers.has(name.toLowerCase()) || isNameOf(thing, name));
}

const isItem = (shape: Shape, key: readonly string[]) => !isList(shape) && shapeAt(shape, key) !== undefined;

/** The shape of what is at a place in a value; `undefined` where the schema names no such place. */
export function shapeAt(shape: Shape, keys: readonly string[]): Shape | undefined {
  return keys.reduce<Shape | undefined>((at, name) => at?.properties().get(name), shape);
}

const isList = (shape: Shape) => shape.types().includes('array');

/** Names that differ in case or in what parts their words are the same. */
export const bare = (name: string) => name.replace(/[-_ ]/g, '').toLowerCase();

/** `user`, and of `admin_users` too: what a thing is called in a path may say more of it. */
function isNameOf(thing: string, name: string): boolean {
  const [whole, short] = [bare(thing), bare(name)];
  return whole === short || (short.length > 3 && whole.endsWith(short));
}
