import {
  type Form,
  listForm,
  type Operation,
  pluralOf,
  type Resource,
  type ResponseMediaType,
} from '../contract/index.js';
import type { CollectionAddress, MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { ApiRequest } from './api-request.js';
import { composeBytes, composeVerbatim, withNote } from './compose.js';
import type { DecisionContext } from './decide.js';
import { type Documented, firstExample } from './documented.js';
import type { Scope } from './evaluate.js';
import { bodyOfList } from './list-body.js';
import { withListHeaders } from './list-headers.js';
import { neighboursOf } from './list-neighbours.js';
import { listParameters } from './list-parameters.js';
import { readListQuery } from './list-query.js';
import { negotiate } from './negotiate.js';
import type { Reply } from './reply.js';
import { selectItems } from './select-items.js';

/** The reply that lists a collection; `undefined` where it never held anything, or where the response shows no list. */
export function listReply(
  { contract, store }: DecisionContext,
  operation: Operation,
  resource: Resource,
  request: ApiRequest,
  documented: Documented,
  scope: Scope,
  address: CollectionAddress,
): MaybePromise<Reply | undefined> {
  const mediaType = negotiate(documented.response, request) ?? documented.response.content[0];
  const form = mediaType && formOf(mediaType, operation, resource);
  if (!form) return undefined;
  return andThen(store.hasLived(address), (hasLived) => {
    if (!hasLived) return undefined;
    return andThen(store.list(address), (all) => {
      const parameters = listParameters(contract, operation, form);
      const query = readListQuery(parameters, scope.request);
      const selection = selectItems(all, query, resource.key);
      const neighbours = neighboursOf(request, parameters, query, selection, resource.key);
      const told = { query, selection, neighbours, firstPage: parameters.firstPage };
      const body = bodyOfList(form, told);
      const composition = { documented, mediaType, example: firstExample(mediaType), reason: 'state' } as const;
      if (!body)
        return withNote(
          composeVerbatim(operation, { ...composition, reason: 'example' }),
          'the list of what is stored does not fit the documented schema, so the example is served',
        );
      return withListHeaders(
        composeBytes(operation, composition, mediaType.codec.write(body.value)),
        documented.response,
        told,
      );
    });
  });
}

const forms = new WeakMap<ResponseMediaType, Form | null>();

function formOf(mediaType: ResponseMediaType, { path }: Operation, { key }: Resource): Form | undefined {
  let form = forms.get(mediaType);
  if (form === undefined) {
    form = listForm(mediaType, key, pluralOf(path)) ?? null;
    forms.set(mediaType, form);
  }
  return form ?? undefined;
}
