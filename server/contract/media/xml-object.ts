import { isList, isRecord, type Shape } from '../shape.js';

/** What a property is in XML (OpenAPI 3.2 §4.26.1; before, `attribute` and `wrapped` say it). */
export type NodeType = 'element' | 'attribute' | 'text' | 'cdata' | 'none';

export function nodeTypeOf(shape: Shape): NodeType {
  const { nodeType, attribute, wrapped } = shape.xml();
  if (typeof nodeType === 'string') return nodeType as NodeType;
  // An attribute is a text, whatever a document says.
  if (attribute === true && !isRecord(shape)) return 'attribute';
  return isList(shape) && wrapped !== true ? 'none' : 'element';
}

/** The local name of what stands for a property; `fallback` is the property's own name. */
export function nameOf(shape: Shape, fallback: string): string {
  return ownNameOf(shape) ?? toName(fallback);
}

/** The name its XML Object gives, without the prefix that some write there. */
export function ownNameOf(shape: Shape): string | undefined {
  const { name } = shape.xml();
  return typeof name === 'string' && name !== '' ? toName(name.replace(/^[^:]*:(?=.)/, '')) : undefined;
}

/** The name of each item of a list. Where it is not wrapped, its own name does not count (OpenAPI 3.0.4 §4.7.26). */
export function itemNameOf(list: Shape, property: string): string {
  return ownNameOf(list.items()) ?? (nodeTypeOf(list) === 'element' ? nameOf(list, property) : toName(property));
}

/** A name that XML takes (XML 1.0 §2.3, without colons). */
export function toName(text: string): string {
  const name = text.replace(/[^\p{L}\p{N}._-]/gu, '_');
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}
