import { createRequire } from 'node:module';
import type { Document, Element } from '@xmldom/xmldom';
import { isObject } from '../../documents/index.js';
import { textOf } from '../coerce.js';
import { isList, type Shape } from '../shape.js';
import { itemNameOf, nameOf, nodeTypeOf, toName } from './xml-object.js';

/** Few documents speak XML, and so it is not loaded before. */
const xmldom = () => createRequire(import.meta.url)('@xmldom/xmldom') as typeof import('@xmldom/xmldom');

/** A value as an XML document, as the XML Objects of its schema have it. */
export function writeXml(value: unknown, shape: Shape): string {
  const { DOMImplementation, XMLSerializer } = xmldom();
  const { namespaceURI, qualifiedName } = qualify(shape, rootNameOf(shape), null);
  const document = new DOMImplementation().createDocument(namespaceURI, qualifiedName);
  const root = document.documentElement as unknown as Element;
  if (Array.isArray(value)) {
    const items = isList(shape) ? shape.items() : shape.additional();
    const name = isList(shape) ? itemNameOf(shape, items.component() ?? 'item') : 'item';
    for (const item of value) appendElement(document, root, name, item, items);
  } else fill(document, root, value, shape);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

/** The root element's name: its own, that of its component (OpenAPI 3.2 §4.26), or `root`. */
export function rootNameOf(shape: Shape): string {
  return nameOf(shape, shape.component() ?? 'root');
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

function appendElement(document: Document, parent: Element, name: string, value: unknown, shape: Shape): void {
  const { namespaceURI, qualifiedName } = qualify(shape, toName(name), parent);
  const element = document.createElementNS(namespaceURI, qualifiedName);
  parent.appendChild(element);
  fill(document, element as unknown as Element, value, shape);
}

function fill(document: Document, element: Element, value: unknown, shape: Shape): void {
  if (value === null) element.setAttributeNS(schemaInstance, 'xsi:nil', 'true');
  else if (Array.isArray(value)) {
    const items = isList(shape) ? shape.items() : shape.additional();
    const name = isList(shape) ? itemNameOf(shape, element.localName ?? 'item') : 'item';
    for (const item of value) appendElement(document, element, name, item, items);
  } else if (isObject(value)) {
    for (const [property, member] of Object.entries(value)) {
      if (member !== undefined) addMember(document, element, property, member, shape.property(property));
    }
  } else if (value !== undefined) element.appendChild(document.createTextNode(toText(value)));
}

function addMember(document: Document, element: Element, property: string, value: unknown, shape: Shape): void {
  const name = nameOf(shape, property);
  const nodeType = Array.isArray(value) && !isList(shape) ? 'none' : nodeTypeOf(shape);
  if (nodeType === 'attribute') {
    const text = Array.isArray(value) ? value.map(toText).join(' ') : toText(value);
    const { namespace, prefix } = shape.xml();
    if (typeof namespace === 'string' && typeof prefix === 'string')
      element.setAttributeNS(namespace, `${toName(prefix)}:${name}`, text);
    else element.setAttribute(name, text);
  } else if (nodeType === 'text') element.appendChild(document.createTextNode(toText(value)));
  else if (nodeType === 'cdata') appendCdata(document, element, toText(value));
  else if (nodeType === 'none' && Array.isArray(value)) {
    const items = isList(shape) ? shape.items() : shape;
    const itemName = isList(shape) ? itemNameOf(shape, property) : name;
    for (const item of value) appendElement(document, element, itemName, item, items);
  } else if (nodeType === 'none' && isObject(value)) fill(document, element, value, shape);
  else appendElement(document, element, name, value, shape);
}

/** A section can't hold what ends it (XML 1.0 §2.7). */
function appendCdata(document: Document, element: Element, text: string): void {
  for (const part of text.split(/(?<=\]\])(?=>)/)) element.appendChild(document.createCDATASection(part));
}

/** Children without a namespace of their own are in their parent's, where that has no prefix. */
function qualify(
  shape: Shape,
  name: string,
  parent: Element | null,
): { namespaceURI: string | null; qualifiedName: string } {
  const { namespace, prefix } = shape.xml();
  if (typeof namespace === 'string' && namespace !== '') {
    const isPrefixed = typeof prefix === 'string' && prefix !== '';
    return { namespaceURI: namespace, qualifiedName: isPrefixed ? `${toName(prefix)}:${name}` : name };
  }
  return { namespaceURI: parent && !parent.prefix ? parent.namespaceURI : null, qualifiedName: name };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Characters that XML has no way to write are left out (XML 1.0 §2.2). */
const toText = (value: unknown) => textOf(value).replace(unwritable, '');
