import { createRequire } from 'node:module';
import type { Element, Node } from '@xmldom/xmldom';

/** Few documents speak XML, and so it is not loaded before. */
const xmldom = () => createRequire(import.meta.url)('@xmldom/xmldom') as typeof import('@xmldom/xmldom');

/** Deeper nesting than this is made to break its readers. */
const depthMax = 200;

/** Well-formed XML, or what is wrong with it. With a document type declaration it is refused: no entity is ever expanded. */
export function parseXml(text: string): { readonly root: Element } | { readonly message: string } {
  const { DOMParser, onWarningStopParsing } = xmldom();
  try {
    const parser = new DOMParser({ onError: onWarningStopParsing, locator: false });
    const { documentElement, doctype } = parser.parseFromString(text.replace(/^\ufeff/, ''), 'text/xml');
    if (doctype) return { message: 'it has a document type declaration, which is not read' };
    if (!documentElement) return { message: 'it has no element' };
    return isTooDeep(documentElement)
      ? { message: `it is nested deeper than ${depthMax}` }
      : { root: documentElement as unknown as Element };
  } catch (error) {
    return { message: (error as Error).message.replace(/^Reporting \w+ "(.*)" caused .*$/s, '$1') };
  }
}

function isTooDeep(root: Node): boolean {
  let depth = 1;
  let node: Node | null = root;
  while (node) {
    if (node.firstChild) {
      node = node.firstChild;
      if (++depth > depthMax) return true;
      continue;
    }
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      depth--;
    }
    node = node === root ? null : (node?.nextSibling ?? null);
  }
  return false;
}

/** The elements in an element. */
export function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (let node: Node | null = element.firstChild; node; node = node.nextSibling)
    if (node.nodeType === 1) children.push(node as Element);
  return children;
}
