import { isDeepStrictEqual } from 'node:util';
import type { Change, Resource } from '../contract/index.js';
import type { MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { DecisionContext } from './decide.js';
import { at, fill, holds, inScope, type Scope } from './evaluate.js';
import { type Addressed, changeTo, type ItemChange, toOutcome, update } from './item-effect.js';
import type { ResourceOutcome } from './resource-effect.js';
import { withMember } from './with-member.js';

/** Changes the item that the path names as it is declared, where it is in the declared state. */
export function changeItem(
  context: DecisionContext,
  resource: Resource,
  change: Change,
  scope: Scope,
  addressed: Addressed,
): MaybePromise<ResourceOutcome> {
  return andThen(
    update(context.store, addressed, (item) => changed(context, resource, change, inScope(scope, { resource: item }))),
    (outcome) => toOutcome(context, addressed.address, outcome),
  );
}

function changed(context: DecisionContext, resource: Resource, { when, set }: Change, scope: Scope): ItemChange {
  const { resource: item } = scope;
  if (when.length > 0 && !when.some((criteria) => criteria.every((criterion) => holds(criterion, scope))))
    return { kind: 'unmet', item };
  // What an expression that leads nowhere would set stays as it is.
  const settings = set.flatMap(({ pointer, keys, value }) => {
    const filled = fill(value, scope);
    return filled === undefined ? [] : [{ pointer, keys, value: filled }];
  });
  const apply = (to: unknown) => settings.reduce((made, { keys, value }) => withMember(made, keys, value), to);
  const made = changeTo(context, resource, apply(item), item, apply({}));
  if (made.kind !== 'change') return made;
  const lost = settings.find(({ keys, value }) => !isDeepStrictEqual(at(made.item, keys), value));
  return lost
    ? { kind: 'refuse', why: `${lost.pointer} can not be ${JSON.stringify(lost.value)} in a valid item` }
    : made;
}
