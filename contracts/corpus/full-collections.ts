import type { Contract, Operation } from '../../server/contract/index.js';

/** A path and that of its items, where the document has the five operations that the life of an item takes. */
export interface FullCollection {
  readonly path: string;
  readonly create: Operation;
  readonly list: Operation;
  readonly read: Operation;
  readonly update: Operation;
  readonly remove: Operation;
}

/** By paths and methods, and by that objects are documented at all; whatever standin makes of them. */
export function fullCollections({ operations }: Contract): FullCollection[] {
  const byTemplate = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (/[?#]/.test(operation.path)) continue;
    const template = templateOf(operation.path);
    byTemplate.set(template, [...(byTemplate.get(template) ?? []), operation]);
  }
  return [...byTemplate].flatMap(([template, onItem]): FullCollection[] => {
    const onCollection = template.endsWith('/{}') ? byTemplate.get(template.slice(0, -'/{}'.length)) : undefined;
    const create = onCollection?.find(({ method }) => method === 'POST');
    const list = onCollection?.find(({ method }) => method === 'GET');
    const read = onItem.find(({ method }) => method === 'GET');
    const remove = onItem.find(({ method }) => method === 'DELETE');
    const update =
      onItem.find(({ method }) => method === 'PATCH') ??
      onItem.find(({ method }) => method === 'PUT') ??
      onItem.find(({ method, resource }) => method === 'POST' && resource?.effect === 'merge');
    return create && list && read && update && remove && [create, list, read].some(showsObject)
      ? [{ path: create.path, create, list, read, update, remove }]
      : [];
  });
}

/** Without an object in any answer there is nothing that could be an item. */
function showsObject({ responses }: Operation): boolean {
  return responses.some(
    ({ status, content }) =>
      /^2|^default$/.test(status) &&
      content.some(({ shape }) => shape.properties().size > 0 || shape.items().properties().size > 0),
  );
}

const templateOf = (path: string) => path.replace(/\{[^{}]*\}/g, '{}').replace(/(?<=.)\/$/, '');
