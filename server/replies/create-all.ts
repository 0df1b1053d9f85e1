import { listForm, type Operation, pluralOf, type Resource } from '../contract/index.js';
import type { CollectionAddress, MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { ApiRequest, DecodedRequest } from './api-request.js';
import { type Composition, composeBytes, composeVerbatim, withNote } from './compose.js';
import type { DecisionContext } from './decide.js';
import { type Documented, firstExample } from './documented.js';
import { at } from './evaluate.js';
import { fitted } from './fitted.js';
import { project, propertiesAt } from './item-body.js';
import { negotiate } from './negotiate.js';
import type { Reply } from './reply.js';
import { applyResource, type ResourceOutcome } from './resource-effect.js';
import { withMember } from './with-member.js';

/** What came of creating several items: all of them, or none, and why. */
export type AllOutcome = { readonly kind: 'all'; readonly items: readonly unknown[] } | ResourceOutcome;

/** Creates each item of the list that the request sends; where one can't be, those made before it are taken out again. */
export function createAll(
  context: DecisionContext,
  operation: Operation,
  resource: Resource,
  request: DecodedRequest,
  address: CollectionAddress,
): MaybePromise<AllOutcome> {
  const sent: readonly unknown[] = Array.isArray(request.body) ? request.body : [];
  const made: unknown[] = [];
  const undo = (): MaybePromise<void> => {
    if (made.length === 0) return;
    const key = String(at(made.pop(), resource.key));
    return andThen(context.store.remove(address, key), undo);
  };
  const createFrom = (index: number): MaybePromise<AllOutcome> => {
    if (index >= sent.length) return { kind: 'all', items: made };
    const outcome = applyResource(context, operation, resource, { ...request, body: sent[index] });
    return andThen(outcome, (one): MaybePromise<AllOutcome> => {
      if (one.kind !== 'created') return andThen(undo(), () => one);
      made.push(one.item);
      return createFrom(index + 1);
    });
  };
  return createFrom(0);
}

/** The reply that lists what was made; the example where the response speaks of something else. */
export function allReply(
  operation: Operation,
  resource: Resource,
  request: ApiRequest,
  documented: Documented,
  items: readonly unknown[],
): Reply {
  const mediaType = negotiate(documented.response, request) ?? documented.response.content[0];
  if (!mediaType) return composeVerbatim(operation, { documented, reason: 'state' });
  const example = firstExample(mediaType);
  const composition: Composition & { mediaType: typeof mediaType } = {
    documented,
    mediaType,
    example,
    reason: 'state',
  };
  const form = listForm(mediaType, resource.key, pluralOf(resource.collection?.path ?? operation.path));
  const properties = form && propertiesAt(form, true);
  const shown = items.map((item) => project(item, properties));
  const body =
    form &&
    fitted(mediaType, form.within.length === 0 ? shown : withMember(example.value, form.within, shown), example.value);
  if (body) return composeBytes(operation, composition, mediaType.codec.write(body.value));
  return withNote(
    composeVerbatim(operation, { ...composition, reason: 'example' }),
    'the items do not fit the documented schema, so the example is served',
  );
}
