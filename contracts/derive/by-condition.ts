import type { Operation } from '../../server/contract/index.js';
import { toPointer } from '../../server/documents/index.js';
import type { CaseRequest, Step } from '../case.js';
import { draftValid, toRequest } from './draft.js';
import { expectRefusal, expectResponse, withOtherwise } from './expect.js';
import { changedFrom, expectFound } from './item-steps.js';
import { isSamePath } from './once-sent.js';
import { type Prepared, prepare } from './preparation.js';
import type { Drafts, Provocation } from './provoked.js';

/** Requests that count only as long as an item has the tag that the client knows (RFC 9110 §13.1). */
export function provokeByCondition(drafts: Drafts): Provocation[] {
  const { operation } = drafts.context;
  const { effect, isInferred } = operation.resource ?? {};
  const prepared = isInferred ? prepare(drafts.context, drafts.valid()) : undefined;
  const own = operation.path.replace(/\/$/, '').split('/').length - 1;
  if (!prepared?.taken.some(({ segment }) => segment === own)) return [];
  if (effect === 'read' && operation.method === 'GET') return notModified(drafts, prepared);
  return effect === 'merge' || effect === 'replace' || effect === 'delete' ? preconditions(drafts, prepared) : [];
}

const hasStatus = ({ responses }: Operation, status: number) =>
  responses.some((response) => response.status === String(status));

function notModified({ context, request }: Drafts, { draft, steps, taken }: Prepared): Provocation[] {
  const { operation, contract } = context;
  const response = operation.responses.find(({ status }) => status === '304');
  if (!response) return [];
  const get: CaseRequest = { ...request(draft), taken };
  const at = steps.length;
  const again: CaseRequest = { ...get, tag: { header: 'if-none-match', step: at } };
  // RFC 9110 §15.4.5: what 200 has to tell it by, 304 has as well.
  const expect = { ...expectResponse(response, 304), headers: ['etag'] };
  const unchanged: Provocation = {
    kind: 'state',
    title: 'with the tag of what is there',
    steps: [...steps, { request: get }, { request: again }],
    expect,
  };
  const change = contract.operations.find(
    (other) => /^(?:merge|replace)$/.test(other.resource?.effect ?? '') && isSamePath(other, operation),
  );
  const its = change && { ...context, operation: change };
  const valid = its && draftValid(its);
  const found = expectFound(context, operation, draft);
  if (!its || valid?.body === undefined || !found) return [unchanged];
  const changed = { ...valid, path: draft.path, body: changedFrom(undefined)(its, valid) };
  const changing: Step = { request: { ...toRequest(its, changed), taken }, isNeeded: true };
  return [
    unchanged,
    {
      kind: 'state',
      title: `with the tag from before ${change.method}`,
      steps: [...steps, { request: get }, changing, { request: again }],
      expect: found,
    },
  ];
}

function preconditions(drafts: Drafts, { draft, steps, taken, created }: Prepared): Provocation[] {
  const { context } = drafts;
  const { operation } = context;
  const header = operation.parameters.find(({ in: place, name }) => place === 'header' && /^if-match$/i.test(name));
  if (!header) return [];
  const ask = (own: typeof draft): CaseRequest => ({ ...drafts.request(own), taken });
  const made: Provocation[] = [];
  const refused = expectRefusal(operation, { statuses: [412], open: false });
  const stale = ['"standin-stale"', '"00000000"', '"0"', 'standin-stale', '0'].find((tag) =>
    header.validator.check(tag),
  );
  if (refused && stale !== undefined && hasStatus(operation, 412)) {
    const request = ask({ ...draft, sent: { ...draft.sent, 'if-match': stale } });
    made.push({ kind: 'state', title: 'with a tag that nothing has', steps: [...steps, { request }], expect: refused });
    const body = draft.body === undefined ? undefined : changedFrom(created?.body)(context, draft);
    if (body !== undefined) {
      const at = steps.length;
      const item = context.contract.operations.find(
        (other) => other.resource?.effect === 'read' && other.method === 'GET' && isSamePath(other, operation),
      );
      const its = item && { ...context, operation: item };
      const valid = its && draftValid(its);
      if (its && valid) {
        const read: CaseRequest = { ...toRequest(its, { ...valid, path: draft.path }), taken };
        const first = ask({ ...draft, body });
        const second: CaseRequest = { ...ask(draft), tag: { header: 'if-match', step: at } };
        // The first is sent with the tag that was read, the next with that which the first told.
        const success = expectFound(context, operation, draft);
        if (success)
          made.push({
            kind: 'state',
            title: 'with the tag that the change before told',
            steps: [...steps, { request: read }, { request: first, isNeeded: true }, { request: ask(draft) }],
            expect: success,
          });
        made.push({
          kind: 'state',
          title: 'with the tag from before another change',
          steps: [...steps, { request: read }, { request: first, isNeeded: true }, { request: second }],
          expect: refused,
        });
      }
    }
  }
  const { [header.name]: _, ...others } = draft.header;
  const missing = header.required
    ? expectRefusal(operation, {
        event: 'request.invalid',
        places: [{ pointer: toPointer([header.name]), keyword: 'required' }],
        statuses: hasStatus(operation, 428) ? [428] : [422, 400],
        problem: 'request-invalid',
      })
    : undefined;
  if (missing)
    made.push({
      kind: 'negative',
      title: `without header parameter ${header.name}`,
      steps: [...steps, { request: ask({ ...draft, header: others }) }],
      expect: withOtherwise(operation, missing, [400, 403, 412, 422, 428]),
      breach: { location: 'header', pointer: toPointer([header.name]), keyword: 'required' },
    });
  return made;
}
