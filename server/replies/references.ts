import {
  lazyOf,
  type Operation,
  type Reference,
  type RequestMediaType,
  referencesOf,
  type Violation,
} from '../contract/index.js';
import { isObject, toPointer } from '../documents/index.js';
import type { CollectionAddress, MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { ApiRequest } from './api-request.js';
import { isKey, seedsOf } from './collection-seeds.js';
import { withNote } from './compose.js';
import type { DecisionContext } from './decide.js';
import { at, inScope, type Scope } from './evaluate.js';
import { documentedRefusal } from './refuse.js';
import type { Reply } from './reply.js';
import { sentItem } from './stored-item.js';

/** The statuses that say that a request names what is not there, the best first. */
const statuses = [422, 409, 404] as const;

const says = lazyOf(({ responses, resource }: Operation) =>
  /^(?:create|replace|merge)$/.test(resource?.effect ?? '')
    ? statuses.some((status) => responses.some((response) => response.status === String(status)))
    : false,
);

/** The refusal of a request that refers to an item that is not there; `undefined` where it does not, or nobody knows. */
export function referenceRefusal(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  scope: Scope,
): MaybePromise<Reply | undefined> {
  if (!says(operation)) return undefined;
  const references = referencesOf(context.contract, operation);
  return references.length === 0 ? undefined : refuseFirst(context, operation, request, scope, references);
}

function refuseFirst(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  scope: Scope,
  [reference, ...others]: readonly Reference[],
): MaybePromise<Reply | undefined> {
  if (!reference || !operation.resource) return undefined;
  const { body } = scope.request;
  const sent = sentItem(operation.resource, body);
  const value = at(sent, [reference.name]);
  const next = () => refuseFirst(context, operation, request, scope, others);
  if (!isKey(value) || isDocumented(operation, reference.name, value)) return next();
  return andThen(isMissing(context, reference, scope, value), (missing): MaybePromise<Reply | undefined> => {
    if (!missing) return next();
    const wrapper = sent === body ? [] : Object.keys(body as object);
    const violation: Violation = {
      location: 'body',
      pointer: toPointer([...wrapper, reference.name]),
      keyword: 'reference',
      message: `names no item of ${reference.resource.collection?.path}`,
    };
    const detail = `body${violation.pointer} ${violation.message}`;
    const refused = documentedRefusal(
      operation,
      request,
      { statuses, open: false, problem: 'no-reply', details: { detail } },
      inScope(scope, { violation, violations: [violation] }),
    );
    return refused && { ...withNote(refused, detail), violations: [violation] };
  });
}

/** Of a collection that clients have made no items in nobody knows what else there is. */
function isMissing(
  { contract, store }: DecisionContext,
  { resource, scope: parameters }: Reference,
  { request }: Scope,
  value: string | number,
): MaybePromise<boolean> {
  const { collection } = resource;
  if (!collection) return false;
  const scope = parameters.map((name) => String(request.path[name] ?? ''));
  const address: CollectionAddress = { api: contract.name, collection: resource.name, scope };
  return andThen(store.find(address, String(value)), (found): MaybePromise<boolean> => {
    if (found) return false;
    const seeds = new Set(seedsOf(collection).map(({ keyValue }) => String(keyValue)));
    return andThen(store.list(address), (items) => items.some((item) => !seeds.has(String(at(item, collection.key)))));
  });
}

/** Whether the document itself shows the value in what is sent. */
function isDocumented({ requestBody }: Operation, name: string, value: string | number): boolean {
  return requestBody?.content.some((mediaType) => shownIn(mediaType).get(name)?.has(String(value))) ?? false;
}

const shownIn = lazyOf((mediaType: RequestMediaType): ReadonlyMap<string, ReadonlySet<string>> => {
  const shown = new Map<string, Set<string>>();
  const add = (name: string, value: unknown) => {
    if (isKey(value)) shown.set(name, (shown.get(name) ?? new Set()).add(String(value)));
  };
  const addAll = (value: unknown) => {
    for (const [name, member] of isObject(value) ? Object.entries(value) : []) {
      add(name, member);
      for (const [inner, one] of isObject(member) ? Object.entries(member) : []) add(inner, one);
    }
  };
  for (const { origin, value } of mediaType.examples()) if (origin !== 'generated') addAll(value);
  for (const [name, property] of mediaType.shape.properties()) {
    const { example, examples, default: usual, const: only, enum: some } = property.schema();
    for (const value of [example, usual, only, ...listed(examples), ...listed(some)]) add(name, value);
  }
  return shown;
});

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
