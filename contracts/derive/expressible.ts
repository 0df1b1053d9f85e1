import { essenceOf, isJson, type RequestMediaType, type Violation } from '../../server/contract/index.js';
import { fromPointer, isObject } from '../../server/documents/index.js';

/** Parts that can't be said are left out one after the other, no more than this. */
const omissionsMax = 16;

/**
 * A valid value as its media type can say it, valid all the same: a form has no way to say that a list is empty, so what
 * must hold one is left out, if it may be. The value itself where nothing helps.
 */
export function expressible(mediaType: RequestMediaType, value: unknown): unknown {
  if (isJson(mediaType.mediaType)) return value;
  let made = value;
  for (let omission = 0; omission < omissionsMax; omission++) {
    const [lost] = violationsOnceSent(mediaType, made);
    if (!lost) return made;
    const less = placesAround(lost.pointer)
      .map((keys) => without(made, keys))
      .find((candidate) => mediaType.validator.check(candidate) && !isLost(mediaType, candidate, lost));
    if (less === undefined) return value;
    made = less;
  }
  return value;
}

/** What the server would find wrong with a value that is not wrong. What can't be told at once is taken to be nothing. */
function violationsOnceSent(
  { codecFor, contentType, validator }: RequestMediaType,
  value: unknown,
): readonly Violation[] {
  const essence = essenceOf(contentType) ?? contentType;
  const codec = codecFor(essence);
  const reading = codec.read(codec.write(value), { essence, parameters: {} });
  if (reading instanceof Promise) return [];
  if (reading.kind === 'malformed') return reading.violations;
  if (reading.kind !== 'value') return [];
  return [...reading.violations, ...validator.violations(reading.value, 'body')];
}

function isLost(mediaType: RequestMediaType, value: unknown, { pointer }: Violation): boolean {
  return violationsOnceSent(mediaType, value).some((violation) => violation.pointer === pointer);
}

/** The place, and those around it, the nearest first; not the whole. */
function placesAround(pointer: string): string[][] {
  const keys = fromPointer(pointer);
  return keys.map((_, index) => keys.slice(0, keys.length - index));
}

function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      String(index) !== key ? [item] : rest.length === 0 ? [] : [without(item, rest)],
    );
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  if (rest.length > 0) return { ...value, [key]: without(value[key], rest) };
  const { [key]: _, ...others } = value;
  return others;
}
