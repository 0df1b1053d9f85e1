import { isObject, type JsonObject } from '../../documents/index.js';

/** The value that a parameter's or header's text stands for, where its schema is of a scalar or a list of them. */
export function readSerialized(
  text: string,
  types: readonly string[],
  { schema, style }: JsonObject,
): { readonly value: unknown } | undefined {
  if (types.includes('array')) {
    const delimiter = style === 'pipeDelimited' ? '|' : style === 'spaceDelimited' ? ' ' : ',';
    const itemTypes = isObject(schema) && isObject(schema.items) ? [schema.items.type].flat().map(String) : [];
    return { value: text.split(delimiter).map((item) => scalar(item, itemTypes)) };
  }
  const value = scalar(text, types);
  return value === text ? undefined : { value };
}

function scalar(text: string, types: readonly string[]): unknown {
  const isNumeric = types.includes('integer') || types.includes('number');
  if (isNumeric && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}
