import type { Shape } from './shape.js';

/** A text as the first of the JSON types that it can be read as; else as it is, for a validator to refuse. */
export function coerceText(text: string, types: readonly string[]): unknown {
  for (const type of types) {
    if ((type === 'integer' || type === 'number') && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text))
      return Number(text);
    if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    if (type === 'null' && (text === '' || text === 'null')) return null;
    if (type === 'string') return text;
  }
  return text;
}

/**
 * A text that is a part of a list or an object, or all of what a form has for a name. How what is a list or an object itself
 * is written, OpenAPI leaves open (3.1.1 §4.8.12.6); JSON is read, and for a list a lone member.
 */
export function coercePart(text: string, shape: Shape, depth = 0): unknown {
  const types = shape.types();
  const isList = types.includes('array');
  if (types.includes('string') || !(isList || types.includes('object'))) return coerceText(text, types);
  if (startsJson.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  const scalar = coerceText(text, types);
  return isList && scalar === text && depth < depthMax ? [coercePart(text, shape.itemAt(0), depth + 1)] : scalar;
}

/** Lists in lists, no deeper than this: a schema may be the list of itself. */
const depthMax = 8;

/** Each text of a member that came several times: a list, for the validator to refuse where there should be none. */
export function coerceParts(texts: readonly string[], shape: Shape): unknown {
  const [text = '', second] = texts;
  if (shape.types().includes('array') && (second !== undefined || !startsJson.test(text)))
    return texts.map((member, index) => coercePart(member, shape.itemAt(index)));
  return second === undefined ? coercePart(text, shape) : texts.map((member) => coercePart(member, shape));
}

const startsJson = /^\s*[[{]/;

/** A scalar as text; what has parts is JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
