import { DocumentError, resolve, toPointer, valueAt } from '../../documents/index.js';
import type { CheckedDocument } from './checked-document.js';

/** The schema that a value of `mapping` names: a component, else a reference. */
export function mappingTarget({ description }: CheckedDocument, name: string, pointer: string): string | undefined {
  const component = toPointer(['components', 'schemas', name]);
  if (/^[A-Za-z0-9._-]+$/.test(name) && valueAt(description.root, component) !== undefined) return component;
  try {
    return resolve(description, { $ref: name }, pointer).pointer;
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}
