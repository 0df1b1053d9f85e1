import type { Element } from '@xmldom/xmldom';
import { coerceText } from '../coerce.js';
import { isList, isRecord, type Shape } from '../shape.js';
import { itemNameOf, nameOf, nodeTypeOf, ownNameOf } from './xml-object.js';
import { childrenOf } from './xml-parse.js';

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/** The value of an element by its schema: text becomes numbers and booleans where the schema speaks of those. */
export function readElement(element: Element, shape: Shape, isRoot = false): unknown {
  const types = shape.types();
  if (/^(?:true|1)$/.test(element.getAttributeNS(schemaInstance, 'nil') ?? '')) return null;
  if (isList(shape)) return readItems(element, shape, isRoot);
  const children = childrenOf(element);
  const isPlain = children.length === 0 && ownAttributes(element).length === 0;
  if (isRecord(shape) && !(isPlain && types.includes('string') && element.textContent !== ''))
    return Object.fromEntries(readMembers(element, shape));
  if (types.length === 0 && !isPlain) return Object.fromEntries(readMembers(element, shape));
  return readText(element.textContent ?? '', types);
}

/** White space around numbers and booleans is layout; in strings it is content. */
function readText(text: string, types: readonly string[]): unknown {
  const value = coerceText(text.trim(), types);
  return typeof value === 'string' ? text : value;
}

function readItems(element: Element, list: Shape, isRoot: boolean): unknown[] {
  const name = ownNameOf(list.items());
  const children = childrenOf(element);
  const items = isRoot || name === undefined ? children : children.filter(({ localName }) => localName === name);
  return items.map((item) => readElement(item, list.items()));
}

function readMembers(element: Element, shape: Shape): Map<string, unknown> {
  const members = new Map<string, unknown>();
  const children = childrenOf(element);
  const attributes = ownAttributes(element);
  const used = new Set<unknown>();
  const required = shape.schema().required;
  for (const [property, member] of shape.properties()) {
    const name = nameOf(member, property);
    const nodeType = nodeTypeOf(member);
    if (nodeType === 'attribute') {
      const attribute = attributes.find((one) => one.localName === name && inNamespace(one, member));
      if (!attribute) continue;
      used.add(attribute);
      members.set(
        property,
        isList(member) ? listOf(attribute.value, member) : readText(attribute.value, member.types()),
      );
    } else if (nodeType === 'text' || nodeType === 'cdata') {
      members.set(property, readText(textOf(element), member.types()));
    } else if (nodeType === 'none' && isList(member)) {
      const itemName = itemNameOf(member, property);
      const items = children.filter((child) => child.localName === itemName && inNamespace(child, member.items()));
      for (const item of items) used.add(item);
      if (items.length > 0 || (Array.isArray(required) && required.includes(property)))
        members.set(
          property,
          items.map((item) => readElement(item, member.items())),
        );
    } else if (nodeType === 'none') {
      const inner = readMembers(element, member);
      for (const child of children) if (inner.has(child.localName ?? '')) used.add(child);
      if (inner.size > 0) members.set(property, Object.fromEntries(inner));
    } else {
      const found = children.filter((child) => child.localName === name && inNamespace(child, member));
      for (const child of found) used.add(child);
      const [first, second] = found;
      if (first)
        members.set(property, second ? found.map((child) => readElement(child, member)) : readElement(first, member));
    }
  }
  readUndocumented(
    [...attributes, ...children].filter((node) => !used.has(node)),
    shape.additional(),
    members,
  );
  return members;
}

/** What the schema does not speak of keeps its name; what comes more than once is a list. */
function readUndocumented(
  nodes: readonly (Element | Attribute)[],
  additional: Shape,
  members: Map<string, unknown>,
): void {
  const lists = new Set<string>();
  for (const node of nodes) {
    const name = node.localName ?? node.nodeName;
    const value = 'value' in node ? readText(node.value, additional.types()) : readElement(node, additional);
    if (!members.has(name)) members.set(name, value);
    else if (lists.has(name)) (members.get(name) as unknown[]).push(value);
    else {
      lists.add(name);
      members.set(name, [members.get(name), value]);
    }
  }
}

interface Attribute {
  readonly localName: string | null;
  readonly nodeName: string;
  readonly namespaceURI: string | null;
  readonly value: string;
}

/** Without namespace declarations, and what XML Schema says of the instance. */
function ownAttributes(element: Element): Attribute[] {
  const own: Attribute[] = [];
  for (let index = 0; index < element.attributes.length; index++) {
    const attribute = element.attributes.item(index) as unknown as Attribute | null;
    if (attribute && !/^xmlns(?::|$)/.test(attribute.nodeName) && attribute.namespaceURI !== schemaInstance)
      own.push(attribute);
  }
  return own;
}

function inNamespace({ namespaceURI }: { readonly namespaceURI: string | null }, shape: Shape): boolean {
  const { namespace } = shape.xml();
  return typeof namespace !== 'string' || namespace === '' || namespaceURI === namespace;
}

const listOf = (text: string, list: Shape) =>
  text
    .trim()
    .split(/\s+/)
    .filter((item) => item !== '')
    .map((item) => coerceText(item, list.items().types()));

/** The text of the element itself, without that of the elements in it. */
function textOf(element: Element): string {
  let text = '';
  for (let node = element.firstChild; node; node = node.nextSibling)
    if (node.nodeType === 3 || node.nodeType === 4) text += node.nodeValue ?? '';
  return text;
}
