import { isDeepStrictEqual } from 'node:util';
import { isObject, toPointer } from '../../server/documents/index.js';
import { boundariesOf } from './boundaries.js';
import type { Draft, DraftContext } from './draft.js';
import { freshen } from './freshen.js';
import { withValueAt } from './with-value-at.js';

/** Names of members that name something else, which has to be there. */
export const isReference = (name: string) =>
  /^(?:id|uid|uuid|guid|href|ref|key)s?$|_(?:id|uuid|key)s?$|(?:Id|Uuid|Key)s?$/.test(name);

/** A valid body whose values differ, wherever they may, from those that it has and from those that were there before. */
export function otherValues(
  { contract, chance }: DraftContext,
  { body, mediaType }: Pick<Draft, 'body' | 'mediaType'>,
  before: unknown,
): unknown {
  const isValid = (value: unknown) => mediaType?.validator.check(value) ?? true;
  const made = freshen(body, isValid, chance, isReference);
  if (!mediaType || !isObject(made)) return made;
  const was = isObject(before) ? before : {};
  const varied = boundariesOf(contract, { schema: mediaType.schema, pointer: mediaType.schemaPointer }, made, chance);
  return Object.keys(made).reduce<unknown>((changed, name) => {
    const has = isObject(changed) ? changed[name] : undefined;
    if (
      isReference(name) ||
      !isDeepStrictEqual(has, was[name] ?? (isObject(body) ? body[name] : undefined)) ||
      isObject(has)
    )
      return changed;
    const candidates = varied
      .filter(({ pointer }) => pointer === toPointer([name]))
      .map(({ value }) => (isObject(value) ? value[name] : undefined))
      .concat(typeof has === 'number' ? [has + 1, has - 1, has / 2] : [])
      .filter((value) => value !== undefined && value !== null && !isDeepStrictEqual(value, has));
    const other = candidates.map((value) => withValueAt(changed, [name], value)).find((value) => isValid(value));
    return other ?? changed;
  }, made);
}
