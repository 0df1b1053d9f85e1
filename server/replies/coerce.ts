import { coerceText as coerce, type ValueShape } from '../contract/index.js';

export { coerce };

/**
 * A text that is a part of a list or an object. How parts that are lists or objects themselves are written, OpenAPI leaves
 * open (3.1.1 §4.8.12.6); JSON is read, and for a list a lone member.
 */
export function coercePart(text: string, shape: ValueShape): unknown {
  const { types } = shape;
  const isList = types.includes('array');
  if (types.includes('string') || !(isList || types.includes('object'))) return coerce(text, types);
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  const scalar = coerce(text, types);
  return isList && scalar === text ? [coercePart(text, shape.items())] : scalar;
}

/** Each text of a member that came several times: a list, for the validator to refuse where there should be none. */
export function coerceParts(texts: readonly string[], shape: ValueShape): unknown {
  const [text = '', second] = texts;
  if (shape.types.includes('array') && (second !== undefined || !/^\[/.test(text)))
    return texts.map((member) => coercePart(member, shape.items()));
  return second === undefined ? coercePart(text, shape) : texts.map((member) => coercePart(member, shape));
}

/** The shape of a member of an object, by name. */
export function memberShape(shape: ValueShape, name: string): ValueShape | undefined {
  return shape.properties().get(name) ?? shape.additional();
}
