import { isDeepStrictEqual } from 'node:util';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import type { Remembered } from '../case.js';
import { type Answer, jsonIn } from './answer.js';
import type { Finding } from './judge.js';
import { isWhole } from './judge-listing.js';
import { takenFrom } from './with-taken.js';

/**
 * Whether an answer has what was sent in a step before. Only what the answer to that step took as it was counts: a service may
 * trim, round, or refuse to be told.
 *
 * @returns findings; or a text, why it can't be told.
 */
export function judgeMemory(
  expected: Remembered,
  answers: readonly Answer[],
  answer: Answer,
  isStandin: boolean,
): readonly Finding[] | string {
  const { within, key, step } = expected;
  const found = valueAt(jsonIn(answer), toPointer(within));
  const before = answers[step];
  const echo = expected.echoedWithin && before ? valueAt(jsonIn(before), toPointer(expected.echoedWithin)) : undefined;
  const taken = accepted(expected.sent, echo);
  if (expected.kind === 'remembered') {
    const item = isObject(found) ? found : {};
    const keyValue = isObject(echo) ? valueAt(echo, toPointer(key)) : undefined;
    const known = keyValue === undefined ? taken : { ...taken, [key[0] ?? '']: keyValue };
    return different(key.length === 1 ? known : taken, item, toPointer(within), key.at(-1));
  }
  const keyText = expected.item && takenFrom(expected.item, answers[expected.item.step]);
  if (keyText === undefined) return 'the answer before it does not tell the key of the item';
  const list = Array.isArray(found) ? found : [];
  const item = list.find((one) => encodeURIComponent(String(valueAt(one, toPointer(key)))) === keyText);
  if (isObject(item)) {
    const index = list.indexOf(item);
    const shown = Object.fromEntries(Object.entries(taken).filter(([name]) => Object.hasOwn(item, name)));
    return different(shown, item, toPointer([...within, String(index)]), key.at(-1));
  }
  const isFull = list.length >= (expected.most ?? Number.POSITIVE_INFINITY);
  if (isFull || (!isStandin && !isWhole(list, expected.most)))
    return 'the list may have more than its first page, and the item is not in that';
  const at = toPointer(within);
  return [{ kind: 'value', at, message: `${at || 'the list'} has no item with ${toPointer(key)} ${keyText}` }];
}

/** Where the answer says nothing of the item, nobody knows what was taken. */
function accepted(sent: Readonly<Record<string, unknown>>, echo: unknown): Record<string, unknown> {
  if (!isObject(echo)) return {};
  return Object.fromEntries(Object.entries(sent).filter(([name, value]) => isDeepStrictEqual(echo[name], value)));
}

function different(
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  at: string,
  key: string | undefined,
): Finding[] {
  return Object.entries(expected).flatMap(([name, value]): Finding[] => {
    if (isDeepStrictEqual(found[name], value) || (name === key && isSameText(found[name], value))) return [];
    const place = `${at}${toPointer([name])}`;
    const message = `${place}: expected ${JSON.stringify(value)}, as it was sent before, found ${JSON.stringify(found[name]) ?? 'nothing'}`;
    return [{ kind: 'value', at: place, message }];
  });
}

/** Some documents have a key as a number in one answer, and as a text in another: it is the same key. */
const isSameText = (one: unknown, other: unknown) =>
  [one, other].every((value) => typeof value === 'string' || typeof value === 'number') &&
  String(one) === String(other);
