import type { Chance } from '../chance.js';
import type { Syntax } from './syntax.js';

/** A text grows no longer than this, whatever repetitions ask for. */
const lengthMax = 20_000;
/** More parts than this, empty ones too, are not made. */
const partsMax = 100_000;

/**
 * A text made part by part, without regard to what is seen ahead: for patterns that have no automaton.
 *
 * @param attempt later ones repeat more
 */
export function sampleSyntax(syntax: Syntax, chance: Chance, min: number, attempt: number): string {
  const groups = new Map<object, string>();
  const more = Math.max(3, Math.min(min, lengthMax)) * (attempt < 6 ? 1 : 4);
  let length = 0;
  let parts = 0;
  const make = (part: Syntax): string => {
    if (++parts > partsMax || length > lengthMax) return '';
    switch (part.kind) {
      case 'character': {
        length++;
        return chance.pick(likely(part.set));
      }
      case 'sequence':
        return part.parts.map(make).join('');
      case 'choice':
        return make(chance.pick(part.parts));
      case 'group': {
        const text = make(part.part);
        groups.set(part.group, text);
        return text;
      }
      case 'reference':
        return groups.get(part.group) ?? '';
      case 'repeat': {
        const count = chance.integer(part.min, Math.min(part.max, part.min + more));
        let text = '';
        for (let index = 0; index < count && length <= lengthMax && parts <= partsMax; index++) text += make(part.part);
        return text;
      }
      default:
        return '';
    }
  };
  return make(syntax);
}

const likelies = new WeakMap<object, readonly string[]>();

function likely(set: { readonly has: (character: number) => boolean; readonly named: readonly number[] }) {
  const known = likelies.get(set);
  if (known) return known;
  const codes = Array.from({ length: 126 - 32 }, (_, index) => index + 33).filter(set.has);
  const alphanumeric = codes.filter((code) => /[A-Za-z0-9]/.test(String.fromCharCode(code)));
  const others = [
    32,
    9,
    10,
    13,
    ...set.named,
    0xe9,
    0x4e2d,
    0x1f600,
    ...Array.from({ length: 256 }, (_, code) => code),
  ];
  const found = alphanumeric.length > 0 ? alphanumeric : codes.length > 0 ? codes : others.filter(set.has).slice(0, 1);
  const texts = (found.length > 0 ? found : [97]).map((code) => String.fromCodePoint(code));
  likelies.set(set, texts);
  return texts;
}
