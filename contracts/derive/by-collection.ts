import type { Operation, Resource, Unique } from '../../server/contract/index.js';
import { toPointer, valueAt } from '../../server/documents/index.js';
import type { Step } from '../case.js';
import type { Draft } from './draft.js';
import { expectRefusal, expectRule } from './expect.js';
import { prepare } from './preparation.js';
import { type Drafts, named, type Provocation } from './provoked.js';
import { scopeOf } from './satisfy.js';
import { expectSuccess } from './success.js';
import { withValueAt } from './with-value-at.js';

/** What the collection remembers: duplicates, things found again, and things that never were. */
export function provokeByCollection(drafts: Drafts): Provocation[] {
  const { resource } = drafts.context.operation;
  if (!resource) return [];
  if (resource.effect !== 'create' && resource.effect !== 'upsert') return unknownItem(drafts, resource);
  return [
    ...unknownParent(drafts, resource),
    ...again(drafts, resource),
    ...resource.unique.flatMap((unique) => duplicates(drafts, unique)),
  ];
}

function unknownParent(drafts: Drafts, { parent }: Resource): Provocation[] {
  // What nobody declared may be there or not.
  if (!parent || parent.isInferred) return [];
  const { operation, chance } = drafts.context;
  const draft = drafts.valid();
  const elsewhere = { ...draft, path: { ...draft.path, [parent.parameter]: `unknown-${chance.integer(1, 2 ** 30)}` } };
  const expect = expectRefusal(
    operation,
    { event: 'resource.missing', statuses: [404] },
    scopeOf(drafts.context, elsewhere),
  );
  return expect
    ? [
        {
          kind: 'state',
          title: `with an unknown ${parent.parameter}`,
          steps: [{ request: drafts.request(elsewhere) }],
          expect,
        },
      ]
    : [];
}

/** An item that never was, where there is another. */
function unknownItem(
  { context, valid, request }: Drafts,
  { effect, parameter: name, isInferred }: Resource,
): Provocation[] {
  const { operation, chance } = context;
  const makes = effect === 'replace' && operation.responses.some(({ status }) => status === '201');
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  if (!isInferred || makes || !parameter) return [];
  const { draft, steps, taken } = prepare(context, valid());
  const known = operation.path.split('/').indexOf(`{${parameter.name}}`);
  if (steps.length === 0 || !taken.some(({ segment }) => segment === known)) return [];
  const number = chance.integer(2 ** 30, 2 ** 31 - 2);
  const unknown = [number, chance.uuid(), `unknown-${number}`].find((value) => parameter.validator.check(value));
  if (unknown === undefined) return [];
  const elsewhere = { ...draft, path: { ...draft.path, [parameter.name]: unknown } };
  const expect = expectRefusal(
    operation,
    { event: 'resource.missing', statuses: [404], open: false },
    scopeOf(context, elsewhere),
  );
  const others = taken.map((one) => (one.segment === known ? { ...one, isOther: true as const } : one));
  const last = { ...request(elsewhere), taken: others };
  return expect
    ? [{ kind: 'state', title: `with an unknown ${parameter.name}`, steps: [...steps, { request: last }], expect }]
    : [];
}

/** The same key twice: found where the operation takes that, a conflict where it does not. */
function again(drafts: Drafts, { key, generate, effect, unique }: Resource): Provocation[] {
  const { context } = drafts;
  const draft = drafts.valid();
  if (valueAt(draft.body, toPointer(key)) === undefined || (generate && !isKeySent(context.operation, key))) return [];
  const expect =
    effect === 'upsert'
      ? expectSuccess(context, draft, 'found')
      : unique.length > 0
        ? undefined
        : expectRefusal(
            context.operation,
            { event: 'resource.conflict', places: [{ pointer: toPointer(key) }], statuses: [409] },
            scopeOf(context, draft),
          );
  const { draft: prepared, steps, taken } = prepare(context, draft);
  const request = { ...drafts.request(prepared), ...(taken.length > 0 && { taken }) };
  return expect
    ? [{ kind: 'state', title: 'the same again', steps: [...steps, { request }, { request }], expect }]
    : [];
}

function isKeySent({ requestBody }: Operation, [name]: readonly string[]): boolean {
  return name !== undefined && (requestBody?.content.some(({ properties }) => properties()?.has(name)) ?? false);
}

/** A value that is taken; the same in another case, where that counts; and proof that the refused request left nothing behind. */
function duplicates(drafts: Drafts, unique: Unique): Provocation[] {
  const { context } = drafts;
  const { keys, ignoreCase } = unique;
  const first = drafts.valid();
  const taken = valueAt(first.body, toPointer(keys));
  if (taken === undefined || context.operation.resource?.effect === 'upsert') return [];
  const second = withTaken(drafts.valid(), keys, taken);
  const expect = expectConflict(drafts, unique, second);
  if (!expect) return [];
  const start: Step = { request: drafts.request(first) };
  const refused: Step = { request: drafts.request(second) };
  const title = `with ${named(keys)} of another`;
  const otherCase = ignoreCase ? inOtherCase(drafts.valid(), keys, taken) : undefined;
  return [
    { kind: 'state', title, steps: [start, refused], expect },
    ...(otherCase
      ? [
          {
            kind: 'state' as const,
            title: `${title}, in another case`,
            steps: [start, { request: drafts.request(otherCase) }],
            expect: expectConflict(drafts, unique, otherCase) ?? expect,
          },
        ]
      : []),
    ...leavesNothing(drafts, keys, title, [start, refused], second),
  ];
}

/** The refused request with a free value must pass: had it been stored in part, its other unique values would be taken. */
function leavesNothing(
  drafts: Drafts,
  keys: readonly string[],
  title: string,
  steps: readonly Step[],
  refused: Draft,
): Provocation[] {
  const free = withTaken(refused, keys, valueAt(drafts.valid().body, toPointer(keys)));
  const expect = expectSuccess(drafts.context, free, 'created');
  return expect
    ? [
        {
          kind: 'state',
          title: `${title}, then with one of its own`,
          steps: [...steps, { request: drafts.request(free) }],
          expect,
        },
      ]
    : [];
}

function withTaken(draft: Draft, keys: readonly string[], value: unknown): Draft {
  return { ...draft, body: withValueAt(draft.body, keys, value) };
}

/** The value with its letters the other way; `undefined` where the schema has no room for that. */
function inOtherCase(draft: Draft, keys: readonly string[], value: unknown): Draft | undefined {
  if (typeof value !== 'string') return undefined;
  const upper = value.toUpperCase();
  const made = withTaken(draft, keys, upper === value ? value.toLowerCase() : upper);
  return made.mediaType?.validator.check(made.body) ? made : undefined;
}

function expectConflict({ context }: Drafts, { pointer, example }: Unique, draft: Draft) {
  const { operation } = context;
  const scope = scopeOf(context, draft);
  for (const response of operation.responses) {
    const mediaType =
      example === undefined
        ? undefined
        : response.content.find((candidate) => candidate.examples().some(({ name }) => name === example));
    if (mediaType && example !== undefined)
      return expectRule({ when: { criteria: [] }, response, mediaType, example }, 409, scope);
  }
  return expectRefusal(operation, { event: 'resource.conflict', places: [{ pointer }], statuses: [409] }, scope);
}
