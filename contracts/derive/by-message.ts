import { successResponse } from '../../server/replies/index.js';
import type { Draft } from './draft.js';
import { expectRefusal } from './expect.js';
import { isSamePath, leadsElsewhere } from './once-sent.js';
import { prepare } from './preparation.js';
import type { Drafts, Provocation } from './provoked.js';
import { scopeOf } from './satisfy.js';

/** Requests whose values are right and whose HTTP is not: method, media type, syntax, `Accept`. */
export function provokeByMessage(drafts: Drafts): Provocation[] {
  return [
    ...wrongMethod(drafts),
    ...undocumentedHead(drafts),
    ...wrongContentType(drafts),
    ...malformedBody(drafts),
    ...unacceptable(drafts),
  ];
}

/** RFC 9110 §15.5.6 */
function wrongMethod(drafts: Drafts): Provocation[] {
  const { contract, operation } = drafts.context;
  const siblings = contract.operations.filter((other) => isSamePath(other, operation));
  if (siblings[0] !== operation) return [];
  const [path = ''] = drafts.request(drafts.valid()).path.split('?');
  if (leadsElsewhere(contract.operations, siblings, path)) return [];
  const method = ['PATCH', 'DELETE', 'PUT', 'POST', 'GET'].find(
    (candidate) => !siblings.some((sibling) => sibling.method === candidate),
  );
  if (method === undefined) return [];
  const { body: _, ...request } = drafts.request(drafts.valid());
  return [
    {
      kind: 'protocol',
      title: `by the method ${method}`,
      steps: [{ request: { ...request, method } }],
      expect: { status: 405, problem: 'method-not-allowed', headers: ['allow'] },
    },
  ];
}

/** RFC 9110 §9.3.2: whoever has a GET may have a HEAD that is as it, which no document needs to speak of. */
function undocumentedHead(drafts: Drafts): Provocation[] {
  const { contract, operation } = drafts.context;
  const isTaken = contract.operations.some((other) => other.method === 'HEAD' && isSamePath(other, operation));
  const success = successResponse(operation);
  if (operation.method !== 'GET' || isTaken || !success) return [];
  const { draft, steps, taken } = prepare(drafts.context, drafts.valid());
  const get = { ...drafts.request(draft), ...(taken.length > 0 && { taken }) };
  const head = { ...get, method: 'HEAD' };
  // Whoever has no OPTIONS says so, and does not fail.
  const options = { ...get, method: 'OPTIONS' };
  const at = steps.length + 1;
  return [
    {
      kind: 'protocol',
      title: 'by the method HEAD, as GET',
      steps: [...steps, { request: options }, { request: get }, { request: get }, { request: head }],
      expect: { status: success.status, headers: [], asGet: [at, at + 1] },
    },
  ];
}

/** RFC 9110 §15.5.16 */
function wrongContentType(drafts: Drafts): Provocation[] {
  const { requestBody } = drafts.context.operation;
  const draft = drafts.valid();
  if (!requestBody || draft.body === undefined || requestBody.content.some(({ mediaType }) => mediaType.includes('*')))
    return [];
  // What has no octets has no type either.
  if (!drafts.request(draft).body) return [];
  const provoke = (title: string, sent: Draft['sent']) =>
    refused(drafts, title, { ...draft, sent }, [415], 'media-type-unsupported');
  return [
    ...provoke('of an undocumented media type', { 'content-type': 'application/x-undocumented' }),
    ...provoke('without a media type', { 'content-type': '' }),
  ];
}

function malformedBody(drafts: Drafts): Provocation[] {
  const draft = drafts.valid();
  if (draft.mediaType === undefined || !/^application\/json$|\+json$/.test(draft.mediaType.mediaType)) return [];
  const { operation } = drafts.context;
  const violation = { location: 'body', pointer: '', keyword: 'syntax', message: '' } as const;
  const scope = { ...scopeOf(drafts.context, { ...draft, body: undefined }), violation, violations: [violation] };
  const expect = expectRefusal(
    operation,
    { event: 'request.invalid', places: [violation], statuses: [400, 422], problem: 'request-malformed' },
    scope,
  );
  return expect
    ? [
        {
          kind: 'negative',
          title: 'with malformed JSON',
          steps: [{ request: { ...drafts.request(draft), body: '{"standin": ' } }],
          expect,
        },
      ]
    : [];
}

/** RFC 9110 §15.5.7 */
function unacceptable(drafts: Drafts): Provocation[] {
  const success = successResponse(drafts.context.operation);
  const offered = success?.response.content ?? [];
  if (offered.length === 0 || offered.some(({ mediaType }) => mediaType.includes('*'))) return [];
  return refused(
    drafts,
    'that accepts no documented media type',
    { ...drafts.valid(), sent: { accept: 'application/x-undocumented' } },
    [406],
    'not-acceptable',
  );
}

function refused(
  drafts: Drafts,
  title: string,
  draft: Draft,
  statuses: readonly [number],
  problem: 'media-type-unsupported' | 'not-acceptable',
): Provocation[] {
  const { operation } = drafts.context;
  const [status] = statuses;
  const isDocumented = operation.responses.some((response) => response.status === String(status));
  const expect = expectRefusal(
    operation,
    { statuses, problem, open: problem !== 'not-acceptable' || isDocumented },
    scopeOf(drafts.context, draft),
  );
  return expect ? [{ kind: 'protocol', title, steps: [{ request: drafts.request(draft) }], expect }] : [];
}
