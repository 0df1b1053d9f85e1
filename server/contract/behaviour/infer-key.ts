import type { Operation, ResponseMediaType } from '../contract.js';
import type { Shape } from '../shape.js';
import { aboutItem, bare, itemShapes, listItemShapes } from './item-form.js';
import { keyNames, keyProperty } from './key-property.js';
import { locatedKey } from './located-key.js';
import type { PathPair } from './path-pair.js';

interface Contents {
  readonly read: readonly ResponseMediaType[];
  readonly list: readonly ResponseMediaType[];
  readonly create: readonly ResponseMediaType[];
}

/** The property that identifies an item: what a link says, else the likeliest by its name, else what `Location` ends with. */
export function inferKey(
  { read, list, create }: Contents,
  { parameter, onItem, onCollection }: PathPair,
  operations: readonly Operation[],
  { singular, plural }: { readonly singular: string; readonly plural: string },
): { readonly key: readonly string[]; readonly isLinked: boolean; readonly isLocated?: true } | undefined {
  const linked = linkedKey(operations, onItem, parameter);
  const names = keyNames(parameter, singular);
  const shapes: readonly Shape[] = [
    ...read.flatMap(({ shape }) => itemShapes(shape, singular)),
    ...list.flatMap(({ shape }) => listItemShapes(shape, plural)),
    ...create.flatMap(({ shape }) => itemShapes(shape, singular)),
  ];
  for (const shape of shapes) {
    if (linked !== undefined && shape.properties().has(linked)) return { key: [linked], isLinked: true };
    const key = keyProperty(shape, names);
    if (key !== undefined) return { key: [key], isLinked: false };
  }
  for (const shape of shapes) {
    for (const [name, property] of shape.properties()) {
      const key = aboutItem.has(bare(name)) ? keyProperty(property, names) : undefined;
      if (key !== undefined) return { key: [name, key], isLinked: false };
    }
  }
  const creates = operations.filter((operation) => operation.method === 'POST' && onCollection.includes(operation));
  const located = locatedKey(creates, shapes);
  return located === undefined ? undefined : { key: [located], isLinked: false, isLocated: true };
}

/** What a link to an operation on the item takes from the body (OpenAPI 3.1.1 §4.8.20). */
function linkedKey(operations: readonly Operation[], onItem: readonly Operation[], parameter: string) {
  const ids = new Set(onItem.map(({ id }) => id));
  for (const { responses } of operations) {
    for (const { links } of responses) {
      for (const { operationId, parameters } of links) {
        if (operationId === undefined || !ids.has(operationId)) continue;
        const value = parameters[parameter] ?? parameters[`path.${parameter}`];
        const [part] = value && 'text' in value ? value.text : [];
        if (typeof part === 'object' && part.source === 'response' && 'keys' in part) return part.keys.at(-1);
      }
    }
  }
  return undefined;
}
