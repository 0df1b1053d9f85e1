import type { Operation, Response } from '../contract.js';
import { itemForm, itemWithin, listForm, shapeAt } from './item-form.js';
import { type PathPair, pluralOf, singularOf } from './path-pair.js';
import type { Effect } from './resource.js';
import { successOf } from './success-of.js';

/** What an operation does, by its method and by what it documents; `undefined` where that is not what its path suggests. */
export function inferEffect(
  operation: Operation,
  isOnItem: boolean,
  key: readonly string[],
  { path, onItem }: PathPair,
): Effect | undefined {
  const success = successOf(operation);
  if (!success) return undefined;
  const singular = singularOf(path);
  const showsItem = success.content.some((mediaType) => itemForm(mediaType, key, singular));
  const { method, requestBody } = operation;
  if (!isOnItem) {
    const showsList = success.content.some((mediaType) => listForm(mediaType, key, pluralOf(path)));
    if (method === 'GET') return showsList ? 'list' : undefined;
    if (method === 'POST' && showsList && sendsItems(operation, success, key, path)) return 'create-all';
    // What else is answered with a list is a search.
    const canBeCreate = method === 'POST' && !sendsList(operation) && (showsItem || !showsList);
    return canBeCreate && (showsItem || locates(success) || sendsKey(operation, key, singular)) ? 'create' : undefined;
  }
  switch (method) {
    case 'GET':
      return showsItem ? 'read' : undefined;
    case 'HEAD':
      return 'read';
    case 'PUT':
      // Without a body there is nothing to replace it with: what the query says is changed.
      return sendsList(operation) ? undefined : requestBody ? 'replace' : 'merge';
    case 'PATCH':
      return 'merge';
    case 'DELETE':
      return 'delete';
    case 'POST':
      // Some APIs change items so, who have neither PUT nor PATCH.
      return requestBody && showsItem && !onItem.some((other) => /^(?:PUT|PATCH)$/.test(other.method))
        ? 'merge'
        : undefined;
    default:
      return undefined;
  }
}

const locates = ({ headers }: Response) => headers.some(({ name }) => name.toLowerCase() === 'location');

/** Whether the client chooses the key itself. */
function sendsKey({ requestBody }: Operation, key: readonly string[], singular: string): boolean {
  return (
    requestBody?.content.some(({ shape }) => {
      const within = itemWithin(shape, key, singular);
      return within?.length === 0 && shapeAt(shape, key)?.schema().readOnly !== true;
    }) ?? false
  );
}

/** Whether each of what is sent is like one of those that are shown: nothing is sent of it that is not shown. */
function sendsItems({ requestBody }: Operation, success: Response, key: readonly string[], path: string): boolean {
  const shown = success.content.flatMap((mediaType) => {
    const form = listForm(mediaType, key, pluralOf(path));
    return form ? [shapeAt(mediaType.shape, form.within)?.items().properties()] : [];
  });
  const types = requestBody?.content[0]?.shape.types() ?? [];
  const sent = [...(requestBody?.content[0]?.shape.items().properties().keys() ?? [])];
  return (
    types.length === 1 &&
    types[0] === 'array' &&
    // Keys alone say which items are wanted, or to be removed.
    sent.some((name) => name !== key[0]) &&
    shown.some((properties) => sent.every((name) => properties?.has(name)))
  );
}

function sendsList({ requestBody }: Operation): boolean {
  return requestBody?.content[0]?.shape.types().includes('array') ?? false;
}
