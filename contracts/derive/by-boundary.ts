import { isDeepStrictEqual } from 'node:util';
import { isJson, type Parameter, type RequestMediaType } from '../../server/contract/index.js';
import { fromPointer, isObject, toPointer, valueAt } from '../../server/documents/index.js';
import { successResponse } from '../../server/replies/index.js';
import type { Expectation } from '../case.js';
import { isCredential } from './authorize.js';
import { type Boundary, boundariesOf } from './boundaries.js';
import { acceptOf } from './documented.js';
import { type Draft, onceIn, placeOf, validBody, validParameter } from './draft.js';
import { expectRefusal, whyUnsatisfied, withOtherwise } from './expect.js';
import { freshen } from './freshen.js';
import { withAllProperties } from './fullest.js';
import { violationsOnceSent } from './once-sent.js';
import { isReference } from './other-values.js';
import { prepare } from './preparation.js';
import type { Drafts, Provocation } from './provoked.js';
import { isRefusalShown } from './same-name.js';
import { satisfiedRefusal } from './satisfy.js';
import { expectSuccess, withoutGuess } from './success.js';
import { withValueAt } from './with-value-at.js';

/** Valid requests with what else they may have in them: each must go as well as the plain one. */
export function provokeByBoundary(drafts: Drafts): Provocation[] {
  return [...ofBody(drafts), ...ofParameters(drafts), ...ofMediaTypes(drafts), ...ofAccept(drafts)];
}

function ofBody(drafts: Drafts): Provocation[] {
  const { contract, operation, chance } = drafts.context;
  const { mediaType, body } = drafts.valid();
  if (!mediaType || body === undefined || mediaType.mediaType.startsWith('multipart/')) return [];
  const full = isJson(mediaType.mediaType) ? withAllProperties(mediaType, body, chance) : body;
  const least = leastOf(mediaType, body);
  const sparse = leastInside(mediaType, full);
  const located = { schema: mediaType.schema, pointer: mediaType.schemaPointer };
  const once = new Set(onceIn(operation, full).map(toPointer));
  const varied = boundariesOf(contract, located, full, chance).filter(({ pointer }) => !once.has(pointer));
  // What no two items share is as long as it may be in an item of its own.
  const own = withBody(drafts, full);
  const key = toPointer(operation.resource?.key ?? []);
  const isLikely = operation.resource?.unique.length === 0;
  const longest = boundariesOf(contract, located, own.body, chance).filter(
    ({ pointer, how }) =>
      once.has(pointer) &&
      pointer !== key &&
      (how === 'at its maxLength' || how === 'in many letters' || (isLikely && how === 'at its minLength')),
  );
  const withOwn = (one: Boundary): Draft => {
    const others = withBody(drafts, full);
    return { ...others, body: withValueAt(others.body, fromPointer(one.pointer), valueAt(unlike(one), one.pointer)) };
  };
  // A short text is soon taken.
  const mayBeTaken =
    ({ how }: Boundary) =>
    (made: Provocation) =>
      how === 'at its minLength' ? { ...made, expect: withOtherwise(operation, made.expect, [409]) } : made;
  const unlike = ({ pointer, how, value }: Boundary) =>
    how === 'in many letters'
      ? withValueAt(value, fromPointer(pointer), `${valueAt(value, pointer)} ${chance.token().slice(0, 6)}`)
      : value;
  return [
    ...(operation.requestBody?.required === false ? valid(drafts, 'without its optional body', bodiless(drafts)) : []),
    ...ofExamples(drafts, mediaType),
    ...(isDeepStrictEqual(least, body) ? [] : valid(drafts, 'with only what is required', withBody(drafts, least))),
    ...(isDeepStrictEqual(full, body) ? [] : valid(drafts, 'with every property', withBody(drafts, full))),
    ...(isDeepStrictEqual(sparse, full)
      ? []
      : valid(drafts, 'with only what is required inside', withBody(drafts, sparse))),
    ...varied
      .filter(isTelling())
      .flatMap(({ pointer, how, value }) =>
        isDeepStrictEqual(value, full)
          ? []
          : valid(drafts, `with ${pointer || 'the body'} ${how}`, withBody(drafts, value)),
      ),
    ...longest.flatMap((one) => valid(drafts, `with ${one.pointer} ${one.how}`, withOwn(one)).map(mayBeTaken(one))),
  ];
}

/** Of texts in other letters the first few, and none that names something else. */
function isTelling(): (boundary: Pick<Boundary, 'pointer' | 'how'>) => boolean {
  let foreign = 0;
  let digits = 0;
  return ({ pointer, how }) => {
    if (how.endsWith('in digits that begin with 0'))
      return !how.includes(', /') && !isReference(pointer.split('/').at(-1) ?? '') && digits++ < foreignMax;
    if (!how.endsWith('in many letters')) return true;
    const at = how.includes(', /') ? how.slice(0, how.lastIndexOf(' in many letters')) : pointer;
    return !isReference(at.split('/').at(-1) ?? '') && foreign++ < foreignMax;
  };
}

const foreignMax = 3;

/** What the document shows as a request has to be one, as it is: others have new names in its place. */
function ofExamples(drafts: Drafts, mediaType: RequestMediaType): Provocation[] {
  const documented = mediaType.examples().filter(({ origin }) => origin !== 'generated');
  return documented.flatMap(({ name, value }) =>
    name === undefined || isRefusalShown(drafts.context.operation, name)
      ? []
      : valid(drafts, `with the example ${name}`, withBody(drafts, value, true)),
  );
}

function bodiless(drafts: Drafts): Draft {
  const { body: _, ...draft } = drafts.valid();
  return draft;
}

/** The body, with what is taken only once as new as in any draft. */
function withBody(drafts: Drafts, body: unknown, isShown = false): Draft {
  const draft = drafts.valid();
  const { operation, chance } = drafts.context;
  if (!isObject(body)) return { ...draft, body };
  const { resource } = operation;
  const declared = resource ? [...resource.unique.map(({ keys }) => keys), resource.key] : [];
  // What the document shows is sent as it is, wherever nothing says that it can't be.
  const made = (isShown ? declared : onceIn(operation, body)).reduce<unknown>((value, keys) => {
    const at = toPointer(keys);
    const given = valueAt(value, at);
    if (keys.length === 0 || given === undefined) return value;
    const own = valueAt(draft.body, at);
    const isValid = (one: unknown) => draft.mediaType?.validator.check(withValueAt(value, keys, one)) ?? true;
    return withValueAt(value, keys, own === undefined ? freshen(given, isValid, chance) : own);
  }, body);
  return { ...draft, body: made };
}

/** The body without each property that it is valid without. */
function leastOf({ validator }: RequestMediaType, body: unknown): unknown {
  if (!isObject(body)) return body;
  return Object.keys(body).reduce<unknown>((least, name) => {
    const less = withValueAt(least, [name], undefined);
    return validator.check(less) ? less : least;
  }, body);
}

/** The body, and each object inside it without what it is valid without. */
function leastInside({ validator }: RequestMediaType, body: unknown): unknown {
  const lessAt = (whole: unknown, keys: readonly string[]): unknown => {
    const value = valueAt(whole, toPointer(keys));
    if (Array.isArray(value)) return value.length > 0 ? lessAt(whole, [...keys, '0']) : whole;
    if (!isObject(value)) return whole;
    return Object.keys(value).reduce((made, name) => {
      const less = keys.length > 0 ? withValueAt(made, [...keys, name], undefined) : made;
      if (less !== made && validator.check(less)) return less;
      return lessAt(made, [...keys, name]);
    }, whole);
  };
  return lessAt(body, []);
}

/** Headers that HTTP has a meaning of its own for (OpenAPI 3.1.1 §4.8.12.1). */
export const isOfHttp = ({ in: place, name }: Parameter) =>
  place === 'header' &&
  /^(?:accept|accept-(?:encoding|charset)|authorization|prefer|content-.*|host|connection|transfer-encoding|te|trailer|expect|upgrade|if-.*|range|cookie|x-http-method-override)$/i.test(
    name,
  );

function ofParameters(drafts: Drafts): Provocation[] {
  const { contract, operation, chance } = drafts.context;
  const those = operation.parameters.filter(
    (parameter) => !isCredential(parameter, operation) && !isOfHttp(parameter) && parameter.in !== 'path',
  );
  return those.flatMap((parameter) => {
    const { name, shape, required } = parameter;
    const place = placeOf(parameter);
    const base = drafts.valid();
    const value = base[place][name] ?? validParameter(parameter, chance);
    const at = `${place} parameter ${name}`;
    const put = (one: unknown): Draft => ({ ...drafts.valid(), [place]: { ...base[place], [name]: one } });
    if (isPageToken(parameter)) {
      const told = valid(drafts, `with ${at}`, put(value)).map(ofServiceAlone);
      return [...told, ...withUnknownToken(drafts, at, put)];
    }
    const schema = shape();
    const varied = boundariesOf(contract, { schema: schema.schema(), pointer: schema.pointer }, value, chance);
    return [
      ...(required ? [] : valid(drafts, `with ${at}`, put(value))),
      ...varied
        .filter(({ how }) => !/letters$|with 0$/.test(how) || (how.endsWith('letters') && !isReference(name)))
        .flatMap(({ pointer, how, value: one }) =>
          isDeepStrictEqual(one, value) || one === null || isEmptyList(one)
            ? []
            : valid(drafts, `with ${at}${pointer} ${how}`, put(one)),
        ),
    ];
  });
}

/** What only the service knows, and whoever it told. */
const isPageToken = ({ in: place, name, shape }: Parameter) =>
  place === 'query' &&
  pageTokenNames.test(name.replace(/[-_.[\]$]/g, '')) &&
  shape().types().includes('string') &&
  !('enum' in shape().schema());

const pageTokenNames =
  /^(?:(?:page|next|start|end|after|before|prev)?(?:cursor|pagetoken|token|marker)|pagetoken|page(?:after|before)|startingafter|endingbefore|continuation(?:token)?|(?:after|before)id|bookmark|pagingtoken|exclusivestartkey|lastkey)$/i;

/** Refused, or not looked at; but no service fails for it. */
function withUnknownToken(drafts: Drafts, at: string, put: (value: unknown) => Draft): Provocation[] {
  const { operation } = drafts.context;
  const refused = expectRefusal(operation, { statuses: [422, 400], open: false });
  if (!refused) return [];
  const expect = withOtherwise(operation, refused, [200, 400, 404, 410]);
  return valid(drafts, `with ${at} as nobody told it`, put('standin~!')).map((one) => ({
    ...one,
    kind: 'negative',
    expect,
    blockedOnStandin: 'a stand-in takes any token of a page',
  }));
}

const ofServiceAlone = (one: Provocation): Provocation => ({
  ...one,
  blockedOnService: 'which tokens of pages there are is told by a list',
});

/** A list of nothing is written as if it were not there, or as a list of one empty text. */
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Each documented media type of the body but the first, which all other requests have. */
function ofMediaTypes(drafts: Drafts): Provocation[] {
  const { operation, chance } = drafts.context;
  const draft = drafts.valid();
  const others = operation.requestBody?.content.filter((one) => one !== draft.mediaType) ?? [];
  return others.flatMap((mediaType) => {
    const body = validBody(drafts.context.operation, mediaType, chance);
    if (!body || mediaType.mediaType.startsWith('multipart/')) return [];
    return valid(drafts, `sent as ${mediaType.mediaType}`, { ...drafts.valid(), mediaType, body: body.value });
  });
}

/** Each documented media type of the success, asked for alone. */
function ofAccept(drafts: Drafts): Provocation[] {
  const content = successResponse(drafts.context.operation)?.response.content ?? [];
  if (content.length < 2) return [];
  return content.flatMap((mediaType) => {
    const [example] = mediaType.examples();
    if (example && whyUnsatisfied(example) !== undefined) return [];
    const accept = acceptOf(mediaType);
    const made = valid(drafts, `that accepts ${accept} alone`, { ...drafts.valid(), sent: { accept } });
    return made.map((one) => {
      const { body: _, unsatisfied: __, ...expect } = one.expect;
      const isDocumented = drafts.context.operation.responses.some(
        ({ status, content: offered }) =>
          status === expect.response && offered.some((other) => other.mediaType === mediaType.mediaType),
      );
      return isDocumented
        ? { ...one, expect: { ...expect, mediaType: accept, isNegotiated: true } }
        : { ...one, expect: ofAnyType(expect) };
    });
  });
}

const ofAnyType = ({ mediaType: _, ...expect }: Expectation): Expectation => expect;

/** The request as one that must go well: if it is one, once it is sent, and nothing is declared that refuses it. */
function valid(drafts: Drafts, title: string, draft: Draft): Provocation[] {
  const { context } = drafts;
  const { draft: prepared, steps, taken, hasItem } = prepare(context, draft);
  const request = { ...drafts.request(prepared), ...(taken.length > 0 && { taken }) };
  const violations = violationsOnceSent(context.contract, context.operation, request);
  if (!violations || violations.length > 0) return [];
  if (satisfiedRefusal(context, prepared)) return [];
  const expect = expectOf(context, prepared, hasItem);
  return expect
    ? [{ kind: 'positive', title, steps: [...steps, { request }], expect: withoutGuess(context, expect, taken) }]
    : [];
}

/** Without its key, whether an item is there already is not to be foreseen. */
function expectOf(context: Drafts['context'], draft: Draft, hasItem: boolean): Expectation | undefined {
  const created = expectSuccess(context, draft, 'created', hasItem);
  const { resource } = context.operation;
  if (!created || resource?.effect !== 'upsert' || valueAt(draft.body, toPointer(resource.key)) !== undefined)
    return created;
  const found = expectSuccess(context, draft, 'found', hasItem);
  const { body: _, ...expect } = created;
  return found?.status === created.status && found.response === created.response ? expect : undefined;
}
