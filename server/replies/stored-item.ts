import { bare, type Collection, isJson, lazyOf, type Operation, type Resource, singularOf } from '../contract/index.js';
import { isObject } from '../documents/index.js';
import type { DecodedRequest } from './api-request.js';
import { at } from './evaluate.js';
import { propertiesAt } from './item-body.js';
import { withMember } from './with-member.js';

/** Why nothing is stored of a request that has all that is documented. */
export const notValid = 'no item that its schema accepts can be made of the request';

/** What is sent as an item, without what is only around it: `{"user": {…}}`. */
export function sentItem({ collection }: Resource, body: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(body)) return {};
  // What the answers are wrapped in, whatever else is sent beside it.
  const [outer] = collection?.item?.within ?? [];
  const wrapped = outer === undefined ? undefined : body[outer];
  if (isObject(wrapped)) return wrapped;
  const [name, ...others] = Object.keys(body);
  if (!collection || name === undefined || others.length > 0) return body;
  const inner = body[name];
  const isWrapper = name === 'data' || bare(name) === bare(singularOf(collection.path));
  return isObject(inner) && isWrapper ? inner : body;
}

/** The item with what its request documents to be taken where nothing is sent (JSON Schema Validation §9.2). */
export function assumed(
  operation: Operation,
  said: unknown,
  item: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = said === item ? defaultsOf(operation) : [];
  const missing = defaults.filter(([name]) => !Object.hasOwn(item, name));
  return missing.length === 0 ? item : { ...item, ...Object.fromEntries(missing) };
}

const defaultsOf = lazyOf(({ requestBody }: Operation): readonly (readonly [string, unknown])[] => {
  const shape = requestBody?.content.find(({ mediaType }) => isJson(mediaType))?.shape;
  const known = [...(shape?.properties() ?? [])].map(([name, of]) => [name, of.schema().default] as const);
  return known.filter(([, value]) => /^(?:string|number|boolean)$/.test(typeof value));
});

/** What a request says of an item: its body, or where it documents none, what its query says of properties. */
export function saidOfItem(operation: Operation, { collection }: Resource, { body, query }: DecodedRequest): unknown {
  if (operation.requestBody || !collection) return body;
  const properties = collection.item && propertiesAt(collection.item);
  const said = Object.entries(query).filter(([name, value]) => value !== undefined && properties?.has(name));
  return Object.fromEntries(said);
}

/** When an item was made and last changed, as its schema has it; what the client sent stays. */
export function stamped(
  collection: Collection | undefined,
  item: Readonly<Record<string, unknown>>,
  kinds: readonly (keyof Collection['timestamps'])[],
  nowMs: number,
  sent: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const stamps = kinds.flatMap((kind) => collection?.timestamps[kind] ?? []);
  if (stamps.length === 0) return item;
  const now = new Date(nowMs).toISOString();
  return stamps
    .filter((stamp) => at(sent, keysOf(stamp)) === undefined)
    .reduce(
      (made, stamp) => withMember(made, keysOf(stamp), stamp.format === 'date' ? now.slice(0, 10) : now) as typeof item,
      item,
    );
}

/** Where a timestamp stands in an item. */
export const keysOf = ({ within, name }: Collection['timestamps']['created'][number]): readonly string[] =>
  within === undefined ? [name] : [within, name];

/** An item with what its path says of it: which items it is below. What the client sent stays. */
export function placed(
  collection: Collection | undefined,
  item: Readonly<Record<string, unknown>>,
  scope: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!collection || collection.outer.length === 0) return item;
  const said = collection.outer.flatMap(({ name, index, isNumber }) => {
    const text = scope[index];
    if (text === undefined || Object.hasOwn(item, name)) return [];
    const value = isNumber ? Number(text) : text;
    return Number.isNaN(value) ? [] : [[name, value] as const];
  });
  return said.length === 0 ? item : { ...item, ...Object.fromEntries(said) };
}
