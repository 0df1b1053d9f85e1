import type {
  Chance,
  Contract,
  Operation,
  Parameter,
  RequestMediaType,
  SecurityScheme,
} from '../../server/contract/index.js';
import { essenceOf, isJson } from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import type { CaseRequest } from '../case.js';
import { authorize, isCredential } from './authorize.js';
import { expressible } from './expressible.js';
import { freshen } from './freshen.js';
import { isRefusalShown } from './same-name.js';
import { serialize } from './serialize.js';
import { withValueAt } from './with-value-at.js';

/** A request in the making: values, not yet text. */
export interface Draft {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Of the body. */
  readonly mediaType?: RequestMediaType;
  /** The schemes that a credential is sent for. */
  readonly credentials: readonly SecurityScheme[];
  /** Headers as they are to be sent; they outrank all others. */
  readonly sent: Readonly<Record<string, string>>;
}

export interface DraftContext {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly chance: Chance;
  /** The credential to send for a scheme; by default one that any stand-in accepts, new for each draft. */
  readonly credential?: (scheme: SecurityScheme) => string | undefined;
  /** One that is known, but may do little; by default one that any stand-in takes for such. */
  readonly lowCredential?: (scheme: SecurityScheme) => string | undefined;
}

/**
 * A valid request, with new values wherever the collection wants them unique; `undefined` where no valid body was found.
 *
 * @param turn which of the documented bodies, over and over.
 */
export function draftValid(context: DraftContext, turn = 0): Draft | undefined {
  const { operation, chance } = context;
  const places: Record<DraftPlace, Record<string, unknown>> = { path: {}, query: {}, header: {}, cookie: {} };
  for (const name of operation.path.matchAll(/\{([^}]+)\}/g)) places.path[name[1] as string] = 'standin';
  for (const parameter of operation.parameters) {
    if (parameter.required || isCredential(parameter, operation))
      places[placeOf(parameter)][parameter.name] = isTag(parameter) ? '*' : validParameter(parameter, chance);
  }
  const { parent } = operation.resource ?? {};
  if (parent && parent.seed.length > 0) {
    const known = parent.seed.map(({ item }) => valueAt(item, toPointer(parent.key)));
    if (!known.includes(places.path[parent.parameter])) places.path[parent.parameter] = known[0];
  }
  const mediaType =
    operation.requestBody?.content.find((candidate) => isJson(candidate.mediaType)) ??
    operation.requestBody?.content[0];
  const credentials = operation.security[0]?.schemes ?? [];
  const draft: Draft = { ...places, credentials, sent: {} };
  if (!mediaType) return draft;
  const body = validBody(operation, mediaType, chance, turn);
  return body && { ...draft, mediaType, body: withFreshValues(context, mediaType, body.value) };
}

/** Whatever is there (RFC 9110 §13.1.1), until it is known which tag that has. */
const isTag = ({ in: place, name, validator }: Parameter) =>
  place === 'header' && /^if-match$/i.test(name) && validator.check('*');

type DraftPlace = 'path' | 'query' | 'header' | 'cookie';

/** Where a draft keeps a parameter: the whole query is kept as if it were one of its parameters. */
export function placeOf({ in: place }: Parameter): DraftPlace {
  return place === 'querystring' ? 'query' : place;
}

/** The first value that the schema allows, and that can be sent at all; where there is none, the documented one. */
export function validParameter({ in: place, validator, sample, examples }: Parameter, chance: Chance): unknown {
  const canBeSent = (value: unknown) =>
    validator.check(value) && !(place === 'path' && (value === '' || (Array.isArray(value) && value.length === 0)));
  const sampled = sample('documented', chance);
  const documented = [...examples(), ...(place === 'header' ? inAscii(sampled) : []), sampled];
  const found = documented.find(canBeSent);
  if (found !== undefined) return found;
  for (let attempt = 0; attempt < tries; attempt++) {
    const value = sample('fresh', chance);
    if (canBeSent(value)) return value;
  }
  return documented[0];
}

/** RFC 9110 §5.5: other letters mean nothing in a header. */
function inAscii(value: unknown): unknown[] {
  return typeof value === 'string' ? [value.replace(/[^\x21-\x7e]/g, 'x')] : [];
}

/** More tries would be hoping: either the schema gives valid values, or the sampler does not understand it. */
const tries = 8;

export function validBody(
  operation: Operation,
  mediaType: RequestMediaType,
  chance: Chance,
  turn = 0,
): { value: unknown } | undefined {
  const examples = mediaType
    .examples()
    .filter(
      ({ state, origin, name }) =>
        state.kind !== 'invalid' && origin !== 'generated' && (name === undefined || !isRefusalShown(operation, name)),
    );
  const example = examples[turn % Math.max(1, examples.length)];
  if (example) return { value: expressible(mediaType, example.value) };
  for (let attempt = 0; attempt < tries; attempt++) {
    const value = mediaType.sample(attempt === 0 ? 'documented' : 'fresh', chance);
    if (mediaType.validator.check(value)) return { value: expressible(mediaType, value) };
  }
  return undefined;
}

/** The values that the collection takes only once, made new. */
function withFreshValues({ operation, chance }: DraftContext, mediaType: RequestMediaType, body: unknown): unknown {
  return onceIn(operation, body).reduce((made, keys) => {
    const pointer = toPointer(keys);
    const isValid = (value: unknown) => mediaType.validator.check(withValueAt(made, keys, value));
    const value = valueAt(made, pointer);
    return value === undefined ? made : withValueAt(made, keys, freshen(value, isValid, chance));
  }, body);
}

/** Where a body has what a collection takes only once: as declared, or, where it is only said that there may be a conflict, as usual. */
export function onceIn({ resource, responses }: Operation, body: unknown): readonly (readonly string[])[] {
  if (!resource) return [];
  const known = [...resource.unique.map(({ keys }) => keys), resource.key];
  const isTold = responses.some(({ status }) => status === '409');
  if (resource.unique.length > 0 || !isTold || !isObject(body)) return known;
  const likely = Object.keys(body).filter((name) => usuallyOnce.test(name) && name !== resource.key[0]);
  return [...likely.map((name) => [name]), ...known];
}

const usuallyOnce =
  /^(?:.*_?(?:user|login|display|full)_?)?name$|^(?:title|slug|handle|login|sku|isbn|ean|domain|subject)$|e-?mail|(?:phone|serial|account|order|invoice)_?(?:no|number)$/i;

/** The draft as it goes over the wire. */
export function toRequest(context: DraftContext, draft: Draft): CaseRequest {
  const { operation } = context;
  const { path, query, headers } = serialize(operation, withoutCredentials(operation, draft));
  const authorized = authorize(draft, context);
  const cookie = [...(headers.cookie ? [headers.cookie] : []), ...authorized.cookies].join('; ');
  const pairs = [...query, ...authorized.query].join('&');
  const hasBody = draft.mediaType !== undefined && draft.body !== undefined;
  const sent: Record<string, string> = {
    accept: '*/*',
    ...headers,
    ...authorized.headers,
    ...(cookie && { cookie }),
    ...(hasBody && { 'content-type': draft.mediaType?.contentType as string }),
    ...draft.sent,
  };
  return {
    method: operation.method,
    path: pairs === '' ? path : `${path}?${pairs}`,
    headers: sent,
    ...(hasBody && { body: bodyOf(draft.mediaType as RequestMediaType, draft.body) }),
  };
}

/** What a credential carries is sent as one, or not at all. */
function withoutCredentials(operation: Operation, draft: Draft): Draft {
  const made = { ...draft };
  for (const parameter of operation.parameters.filter((one) => isCredential(one, operation))) {
    const place = placeOf(parameter);
    const { [parameter.name]: _, ...rest } = made[place];
    Object.assign(made, { [place]: rest });
  }
  return made;
}

/** Cases are plain data: content that is no text is not sent as it is. */
function bodyOf({ codecFor, contentType }: RequestMediaType, value: unknown): string {
  return codecFor(essenceOf(contentType) ?? contentType)
    .write(value)
    .toString('utf8');
}
