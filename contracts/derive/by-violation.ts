import { isJson, type Parameter, parsePathKey, type Violation } from '../../server/contract/index.js';
import { toPointer } from '../../server/documents/index.js';
import type { Breached } from '../case.js';
import { isCredential } from './authorize.js';
import { isOfHttp } from './by-boundary.js';
import { type Draft, placeOf, validParameter } from './draft.js';
import { expectRefusal, withOtherwise } from './expect.js';
import { withAllProperties } from './fullest.js';
import { isSaidInParts } from './in-parts.js';
import { violationsOnceSent } from './once-sent.js';
import { prepare } from './preparation.js';
import type { Drafts, Provocation } from './provoked.js';
import { scopeOf } from './satisfy.js';
import { type Breach, breaches } from './violate.js';

/** One request for each required property and parameter that can be left out, and each constraint that can be broken. */
export function provokeByViolation(drafts: Drafts): Provocation[] {
  return [...ofBody(drafts), ...ofParameters(drafts)];
}

function ofBody(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { contract, operation, chance } = context;
  const draft = drafts.valid();
  const { mediaType } = draft;
  if (!mediaType || !operation.requestBody || draft.body === undefined) return [];
  const body = isJson(mediaType.mediaType) ? withAllProperties(mediaType, draft.body, chance) : draft.body;
  const located = { schema: mediaType.schema, pointer: mediaType.schemaPointer };
  const isMultipart = mediaType.mediaType.startsWith('multipart/');
  const found = breaches(contract, located, body).filter(
    (breach) => !isMultipart || isSaidInParts(contract, mediaType, breach),
  );
  const made = firstOfEach(found, (breach) => {
    // What is the server's to say is not looked at in a request, and so is nothing to break.
    const seen = mediaType.withoutReadOnly(breach.value);
    if (mediaType.validator.check(seen)) return [];
    const broken = { ...draft, body: breach.value };
    const violations = isMultipart
      ? mediaType.validator.violations(seen, 'body')
      : violationsOnceSent(contract, operation, drafts.request(broken));
    return violations && isOnly(violations, breach, breach.pointer)
      ? provoke(drafts, titleOf(breach.pointer || 'the body', breach), broken, violations, inBody(breach))
      : [];
  });
  if (!operation.requestBody.required) return made;
  const { body: _, ...bodiless } = draft;
  const missing = violationsOnceSent(contract, operation, drafts.request(bodiless));
  return missing?.length
    ? [
        ...made,
        ...provoke(drafts, 'without a body', bodiless, missing, inBody({ pointer: '', keyword: 'required' })).map(
          // What is not there has no media type either.
          (one) => ({ ...one, expect: withOtherwise(operation, one.expect, [400, 411, 415, 422]) }),
        ),
      ]
    : made;
}

const inBody = ({ pointer, keyword }: Pick<Breach, 'pointer' | 'keyword'>): Breached => ({
  location: 'body',
  pointer,
  keyword,
});

const titleOf = (subject: string, { keyword, how }: Pick<Breach, 'keyword' | 'how'>) =>
  how !== undefined
    ? `${subject} ${how}`
    : keyword === 'required'
      ? `without ${subject}`
      : keyword === 'dependentRequired'
        ? `without ${subject}, which others need`
        : `${subject} against its ${keyword}`;

/** Of the ways to break one keyword at one place, the first that can be told apart. */
function firstOfEach(found: readonly Breach[], make: (breach: Breach) => Provocation[]): Provocation[] {
  const made = new Map<string, Provocation[]>();
  for (const breach of found) {
    const key = `${breach.pointer} ${breach.keyword} ${breach.how ?? ''}`;
    if (made.get(key)?.length) continue;
    made.set(key, make(breach));
  }
  return [...made.values()].flat();
}

/** Keywords that say of their parts what is wrong with them. */
const combining = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not', 'then', 'else']);

/** Whether that is what is wrong, and nothing else is, wherever else in the request. */
function isOnly(violations: readonly Violation[], { keyword }: Pick<Breach, 'keyword'>, pointer: string): boolean {
  if (!violations.some((one) => one.pointer === pointer && one.keyword === keyword)) return false;
  const combined = violations.filter((one) => combining.has(one.keyword) && isWithin(pointer, one.pointer));
  return violations.every(
    (one) => isWithin(one.pointer, pointer) || combined.some((around) => isWithin(one.pointer, around.pointer)),
  );
}

const isWithin = (pointer: string, around: string) => pointer === around || pointer.startsWith(`${around}/`);

function ofParameters(drafts: Drafts): Provocation[] {
  const { operation } = drafts.context;
  const { conditions } = parsePathKey(operation.path);
  // What is wrong with a credential is told before what is wrong with a parameter; without a condition of its path, a request
  // is for something else.
  const those = operation.parameters.filter(
    (parameter) =>
      !isCredential(parameter, operation) &&
      !isOfHttp(parameter) &&
      !conditions.some(({ name }) => name === parameter.name),
  );
  return those.flatMap((parameter) => [...withoutParameter(drafts, parameter), ...againstParameter(drafts, parameter)]);
}

function withoutParameter(drafts: Drafts, parameter: Parameter): Provocation[] {
  const { contract, operation } = drafts.context;
  const place = placeOf(parameter);
  if (!parameter.required || place === 'path') return [];
  const draft = drafts.valid();
  const { [parameter.name]: _, ...rest } = draft[place];
  const without = { ...draft, [place]: rest };
  const violations = violationsOnceSent(contract, operation, drafts.request(without));
  const isAbout = violations?.length && violations.every(({ pointer }) => pointer === toPointer([parameter.name]));
  return isAbout
    ? provoke(drafts, `without ${place} parameter ${parameter.name}`, without, violations, {
        location: place,
        pointer: toPointer([parameter.name]),
        keyword: 'required',
      })
    : [];
}

/** Texts are read as what they may be: only what is against the parameter however it is read is sent. */
function againstParameter(drafts: Drafts, parameter: Parameter): Provocation[] {
  const { contract, operation, chance } = drafts.context;
  const { name, shape } = parameter;
  const place = placeOf(parameter);
  const draft = drafts.valid();
  const valid = draft[place][name] ?? validParameter(parameter, chance);
  const { pointer: at, schema } = shape();
  const found = breaches(contract, { schema: schema(), pointer: at }, valid);
  const texts = ['not-a-value', '-987654321', '~'.repeat(300)].map((value) => ({
    pointer: '',
    keyword: 'type',
    value,
  }));
  return firstOfEach([...found, ...texts], (breach) => {
    if (breach.how !== undefined || breach.value === undefined || breach.value === '') return [];
    const broken = { ...draft, [place]: { ...draft[place], [name]: breach.value } };
    const violations = violationsOnceSent(contract, operation, drafts.request(broken));
    const where = `${toPointer([name])}${breach.pointer}`;
    return violations && isOnly(violations, breach, where)
      ? provoke(drafts, titleOf(`${place} parameter ${name}${breach.pointer}`, breach), broken, violations, {
          location: place,
          pointer: where,
          keyword: breach.keyword,
        })
      : [];
  });
}

function provoke(
  drafts: Drafts,
  title: string,
  draft: Draft,
  violations: readonly Violation[],
  breach: Breached,
): Provocation[] {
  const { context } = drafts;
  const scope = { ...scopeOf(context, draft), violation: violations[0] as Violation, violations };
  const isUnreadable = violations.some(({ keyword }) => /^(?:syntax|encoding|duplicate)$/.test(keyword));
  const expect = expectRefusal(
    context.operation,
    {
      event: 'request.invalid',
      places: violations,
      statuses: isUnreadable ? [400, 422] : [422, 400],
      problem: isUnreadable ? 'request-malformed' : 'request-invalid',
    },
    scope,
  );
  if (!expect) return [];
  // A real service may look for the item before it looks at what is to become of it.
  const isOnItem = /^(?:replace|merge)$/.test(context.operation.resource?.effect ?? '');
  const isOfPath = violations.some(({ location }) => location === 'path');
  const {
    draft: prepared,
    steps,
    taken,
  } = isOnItem && !isOfPath ? prepare(context, draft) : { draft, steps: [], taken: [] };
  const request = { ...drafts.request(prepared), ...(taken.length > 0 && { taken }) };
  return [{ kind: 'negative', title, steps: [...steps, { request }], expect, breach }];
}
