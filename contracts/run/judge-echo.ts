import { type Contract, flatten, type Located, type ResponseMediaType } from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import type { Echo } from '../case.js';
import type { Finding } from './judge.js';
import { schemaOf } from './judge-meaning.js';
import { isSameNumber, isSameText } from './same-value.js';
import { alternativesOf, type Flat, itemsAt, propertiesAt } from './walk.js';

/**
 * Whether an answer has what was sent, wherever it documents a property of the same name that clients may set. What a service
 * makes of a value without making it another does not count, nor what it adds.
 */
export function judgeEcho(
  contract: Contract,
  mediaType: ResponseMediaType,
  { sent, assumed = {}, within, key }: Echo,
  value: unknown,
): Finding[] {
  const whole = schemaOf(contract, mediaType);
  if (!whole) return [];
  // Where both wrap the item alike, the wrapping is compared as well.
  const isWrapped = within[0] !== undefined && Object.hasOwn(sent, within[0]);
  const names = isWrapped ? [] : within;
  const root = alternativesOf(contract.description, whole, new Set());
  const schemas = names.reduce<readonly Flat[]>(
    (at, name) => propertiesAt(at, name).flatMap((one) => alternativesOf(contract.description, one, new Set())),
    root,
  );
  const shown = valueAt(value, toPointer(names));
  if (!isObject(shown)) return [];
  const own = isWrapped ? undefined : key[0];
  const { [own ?? '']: _, ...set } = sent;
  const taken = Object.entries(isWrapped ? {} : assumed).filter(([name]) => name !== own && isSaid(shown[name]));
  return [
    ...different(contract, own === undefined ? sent : set, shown, schemas, toPointer(names)),
    ...different(contract, Object.fromEntries(taken), shown, schemas, toPointer(names)).map((one) => ({
      ...one,
      message: one.message.replace('as it was sent', 'the documented default, for nothing was sent'),
    })),
  ];
}

const isSaid = (value: unknown) => value !== undefined && value !== null;

/** What services set themselves, whoever sends it, and what they tell nobody. */
const theirs =
  /^(?:version|revision|rev|etag|lockversion|(?:updated|modified|lastmodified|lastupdated|created|deleted)(?:at|on|date|time|by)?)$/i;
const secret = /pass(?:word|phrase|wd)|secret|token|pin$|cvc|cvv|(?:card|account)_?number|api_?key/i;

function different(
  contract: Contract,
  sent: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  schemas: readonly Flat[],
  at: string,
): Finding[] {
  // Of alternatives, only that which was answered by says what must be there.
  const fitting = schemas.filter((flat) => schemas.length === 1 || contract.validatorOf(flat, 'response').check(found));
  return Object.entries(sent).flatMap(([name, value]): Finding[] => {
    if (value === undefined || theirs.test(name.replace(/[_-]/g, '')) || secret.test(name)) return [];
    const places = propertiesAt(fitting, name);
    const isKept = places.length > 0 && places.every((place) => isClients(contract, place));
    if (!isKept || !places.every((place) => isShowable(contract, place, value))) return [];
    return compare(contract, value, found[name], places, `${at}${toPointer([name])}`);
  });
}

function isClients({ description }: Contract, place: Located): boolean {
  const { readOnly, writeOnly, format } = flatten(description, place);
  return readOnly !== true && writeOnly !== true && format !== 'password' && format !== 'binary';
}

/** What may be sent and not be shown has to be shown otherwise. */
const isShowable = (contract: Contract, place: Located, value: unknown) =>
  contract.validatorOf(place, 'response').check(value);

function compare(contract: Contract, sent: unknown, found: unknown, places: readonly Located[], at: string): Finding[] {
  const schemas = places.flatMap((place) => alternativesOf(contract.description, place, new Set()));
  const differs = (): Finding[] => [
    {
      kind: 'value',
      at,
      message: `${at}: expected ${short(sent)}, as it was sent, found ${short(found)}`,
    },
  ];
  // An empty object leaves all that is in it to the service.
  if (isObject(sent) && isObject(found) && isNothing(sent)) return [];
  if (isNothing(sent)) return isNothing(found) || found === 0 || found === false ? [] : differs();
  if (found === undefined || found === null) return differs();
  if (typeof sent === 'number' && typeof found === 'number') return isSameNumber(sent, found) ? [] : differs();
  if (typeof sent === 'boolean' && typeof found === 'boolean') return sent === found ? [] : differs();
  if (typeof sent === 'string' && typeof found === 'string') {
    const formats = schemas.flatMap(({ schema: { format } }) => (typeof format === 'string' ? [format] : []));
    return isSameText(sent, found, formats) ? [] : differs();
  }
  if (Array.isArray(sent) && Array.isArray(found)) {
    if (sent.length !== found.length) return differs();
    const isSet = schemas.some(({ schema }) => schema.uniqueItems === true);
    const isAt = (item: unknown, index: number, other: unknown, where: string) => {
      const of = itemsAt(schemas, index);
      return of.length === 0 ? [] : compare(contract, item, other, of, where);
    };
    if (isSet)
      return sent.every((item, index) => found.some((other) => isAt(item, index, other, at).length === 0))
        ? []
        : differs();
    return sent.flatMap((item, index) => isAt(item, index, found[index], `${at}/${index}`));
  }
  if (isObject(sent) && isObject(found)) {
    // What names something else is shown as that is.
    const named = Object.entries(sent).filter(([name]) => reference.test(name));
    return different(contract, named.length > 0 ? Object.fromEntries(named) : sent, found, schemas, at);
  }
  // A name may come back as the whole that it stands for.
  return [];
}

const reference = /^(?:id|uid|uuid|key|slug|href|self|uri|url|ref|\$ref)$|_id$|Id$/;

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

const short = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};
