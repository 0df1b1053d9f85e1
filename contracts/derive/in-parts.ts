import { type Contract, isList, isRecord, type RequestMediaType, type Shape } from '../../server/contract/index.js';
import { fromPointer, toPointer, valueAt } from '../../server/documents/index.js';
import type { Breach } from './violate.js';

/** Keywords that speak of a text, or of a number that is one. */
const ofScalars = new Set(
  'enum const minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'.split(
    ' ',
  ),
);
const ofLists = new Set(['minItems', 'maxItems', 'uniqueItems']);

/**
 * Whether multipart content says a breach as it is meant: parts are texts, or octets of a file, and objects are JSON in a part of
 * their own. A text that stands for nothing else is all that can be wrong with the type of a number.
 */
export function isSaidInParts(
  { description }: Contract,
  { shape, schemaPointer }: RequestMediaType,
  { pointer, keyword, value, how }: Breach,
): boolean {
  if (keyword === 'required') return true;
  const [name, ...deeper] = fromPointer(pointer);
  if (name === undefined || how !== undefined || !shape.properties().has(name)) return false;
  // An encoding says it in a way of its own (OpenAPI 3.1.1 §4.8.15).
  const encoding = `${schemaPointer.replace(/\/schema$/, '/encoding')}${toPointer([name])}`;
  if (valueAt(description.root, encoding) !== undefined) return false;
  const property = shape.property(name);
  const broken = valueAt(value, pointer);
  if (isList(property)) {
    if (deeper.length === 0) return ofLists.has(keyword) && Array.isArray(broken) && broken.length > 0;
    return deeper.length === 1 && isSaidAsText(property.items(), keyword, broken);
  }
  if (isRecord(property)) return deeper.length > 0;
  return deeper.length === 0 && isSaidAsText(property, keyword, broken);
}

function isSaidAsText(shape: Shape, keyword: string, broken: unknown): boolean {
  const { format, contentEncoding, contentMediaType } = shape.schema();
  const isFile =
    contentEncoding !== undefined || contentMediaType !== undefined || /^(?:binary|byte|base64)/.test(String(format));
  if (isFile || broken === '') return false;
  const types = shape.types();
  if (keyword === 'type') return typeof broken === 'string' && types.length > 0 && !types.includes('string');
  return ofScalars.has(keyword) && (typeof broken === 'string' || typeof broken === 'number');
}
