import type { Operation } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import type { CaseRequest, ContractCase, Step } from '../case.js';
import { type Draft, type DraftContext, toRequest } from './draft.js';
import {
  changedFrom,
  echoIn,
  expectFound,
  itemBeside,
  itemFor,
  remembered,
  type Sent,
  toCase,
  toItem,
} from './item-steps.js';
import { violationsOnceSent } from './once-sent.js';
import type { Prepared } from './preparation.js';
import { sentBody } from './sent-body.js';
import { withValueAt } from './with-value-at.js';

interface Changes {
  readonly replace: Operation | undefined;
  readonly merge: Operation | undefined;
  readonly remove: Operation | undefined;
}

/** What must not be touched: an item beside the one that is changed, and the one that was not to be changed. */
export function deriveBeside(context: DraftContext, read: Operation, changes: Changes): (ContractCase | undefined)[] {
  const { replace, merge, remove } = changes;
  const all = [replace, merge, remove].filter((one) => one !== undefined);
  return [
    besideOthers(context, read, undefined),
    ...all.map((one) => besideOthers(context, read, one)),
    ...all.map((one) => besideOthers(context, read, one, true)),
    ...all.map((one) => withoutCredentials(context, read, one)),
    ...[replace, merge].map((one) => one && refused(context, read, one)),
  ];
}

/** An item is as it was made, after another one was made, changed, or removed. */
function besideOthers(
  context: DraftContext,
  read: Operation,
  change: Operation | undefined,
  isLater = false,
): ContractCase | undefined {
  const prepared = itemFor(context, change ?? read);
  const own = prepared?.steps.length ?? 0;
  const beside = prepared && itemBeside(context, prepared, own);
  const sent = prepared && toItem(context, read, prepared);
  const changing =
    change && prepared ? toItem(context, change, prepared, changedFrom(prepared.created?.body)) : undefined;
  if (!prepared?.created || !beside || !sent || (change && !changing)) return undefined;
  // Whichever of them is taken for the other, it is not that which was meant.
  if (change && changing && isLater) {
    const later = { request: { ...changing.request, taken: beside.taken }, isNeeded: true as const };
    const shown = [...prepared.steps, beside.step, later, { request: sent.request }];
    return unchanged(
      context,
      read,
      sent,
      prepared.created,
      own - 1,
      shown,
      `as it was after ${change.method} of one made later`,
    );
  }
  const title = change ? `as it was after ${change.method} of another` : 'as it was after another was created';
  // Without a change, the first is read: the second may have taken its place.
  const request: CaseRequest = change ? { ...sent.request, taken: beside.taken } : sent.request;
  const shown = change ? beside.draft : prepared.created;
  const steps = [...prepared.steps, beside.step, ...(changing ? [{ request: changing.request }] : [])];
  return unchanged(context, read, sent, shown, change ? own : own - 1, [...steps, { request }], title);
}

function withoutCredentials(context: DraftContext, read: Operation, change: Operation): ContractCase | undefined {
  const { security } = change;
  if (security.length === 0 || security.some(({ schemes }) => schemes.length === 0)) return undefined;
  if (security.some(({ schemes }) => schemes.some(({ type }) => type === 'mutualTLS'))) return undefined;
  const prepared = itemFor(context, change);
  const changing = prepared && toItem(context, change, prepared, changedFrom(prepared.created?.body));
  if (!changing) return undefined;
  const own = { ...context, operation: change };
  const request = { ...toRequest(own, { ...changing.draft, credentials: [] }), taken: prepared.taken };
  return asItWas(context, read, prepared, request, `as it was after ${change.method} without credentials`);
}

/** What is refused for one of its values changes none. */
function refused(context: DraftContext, read: Operation, change: Operation): ContractCase | undefined {
  const prepared = itemFor(context, change);
  const spoil = (own: DraftContext, draft: Draft) => spoiled(draft, changedFrom(prepared?.created?.body)(own, draft));
  const changing = prepared && toItem(context, change, prepared, spoil);
  // What is wrong as a value may be right as it is written: a form has nothing but texts.
  const violations = changing && violationsOnceSent(context.contract, change, changing.request);
  if (!changing || !violations?.length) return undefined;
  return asItWas(context, read, prepared, changing.request, `as it was after an invalid ${change.method}`);
}

/** The last property is of no type that it may be of. */
function spoiled({ mediaType }: Draft, body: unknown): unknown {
  if (!isObject(body) || !mediaType) return body;
  const others = [{ standin: [] }, [[]], 'standin', -0.5];
  const candidates = Object.keys(body)
    .reverse()
    .flatMap((name) => others.map((other) => withValueAt(body, [name], other)));
  return candidates.find((candidate) => !mediaType.validator.check(candidate)) ?? body;
}

function asItWas(
  context: DraftContext,
  read: Operation,
  prepared: Prepared,
  request: CaseRequest,
  title: string,
): ContractCase | undefined {
  const sent = toItem(context, read, prepared);
  if (!sent || !prepared.created) return undefined;
  const steps = [...prepared.steps, { request }, { request: sent.request }];
  return unchanged(context, read, sent, prepared.created, prepared.steps.length - 1, steps, title);
}

function unchanged(
  context: DraftContext,
  read: Operation,
  sent: Sent,
  draft: Draft,
  step: number,
  steps: readonly Step[],
  title: string,
): ContractCase | undefined {
  const expect = expectFound(context, read, sent.draft);
  if (!expect) return undefined;
  const body = remembered(read, expect, { draft, from: context.operation, step });
  return toCase(context, read, title, steps, {
    ...expect,
    ...echoIn(read, expect, sentBody(draft)),
    ...(body && { body }),
  });
}
