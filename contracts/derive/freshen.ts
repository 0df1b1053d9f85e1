import type { Chance } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';

/** A value like the given one that nobody has sent before, wherever `isValid` lets it differ. `isKept`: members that stay. */
export function freshen(
  value: unknown,
  isValid: (value: unknown) => boolean,
  chance: Chance,
  isKept: (name: string) => boolean = () => false,
): unknown {
  if (Array.isArray(value)) {
    const made = [...value];
    made.forEach((member, index) => {
      made[index] = freshen(member, (tried) => isValid(made.with(index, tried)), chance, isKept);
    });
    return made;
  }
  if (isObject(value)) {
    const made: Record<string, unknown> = { ...value };
    for (const [name, member] of Object.entries(value)) {
      if (!isKept(name)) made[name] = freshen(member, (tried) => isValid({ ...made, [name]: tried }), chance, isKept);
    }
    return made;
  }
  return variants(value, chance).find((variant) => variant !== value && isValid(variant)) ?? value;
}

/** The likest first. */
function variants(value: unknown, chance: Chance): unknown[] {
  const number = chance.integer(1, 2 ** 31 - 2);
  if (typeof value === 'number') return [number];
  if (typeof value !== 'string') return [];
  const digits = String(number).padStart(10, '0');
  if (/^\+?\d{7,}$/.test(value)) return [value.slice(0, -7) + digits.slice(-7), `${value}${digits}`];
  const tail = number.toString(36);
  if (value.includes('@')) return [value.replace('@', `.${tail}@`)];
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return [chance.uuid()];
  // `R-1001`: the last run of digits counts, and may be as long as the pattern lets it.
  const counted = [digits, digits.slice(-6)].map((count) => value.replace(/\d+(?=\D*$)/, count));
  const alike = value.replace(/\d+(?=\D*$)/, (run) => digits.slice(-run.length).padStart(run.length, '0'));
  const letters = [...tail].map((digit) => String.fromCharCode(97 + (Number.parseInt(digit, 36) % 26))).join('');
  return [`${value}-${tail}`, tail, digits, ...counted, alike, `${value}${letters}`, letters, letters.toUpperCase()];
}
