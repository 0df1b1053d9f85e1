import { type Description, isObject, type JsonObject, toPointer } from '../../documents/index.js';
import { operationsIn } from '../path-item.js';
import type { CheckedDocument } from './checked-document.js';

export interface DeclaredParameter {
  readonly value: JsonObject;
  readonly pointer: string;
  /** Where the list names it, be it by a `$ref`. */
  readonly at: string;
}

/** A method on a path of `paths`. */
export interface Endpoint {
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  /** Of the member of `paths`. */
  readonly pathPointer: string;
  readonly operation: JsonObject;
  readonly pointer: string;
  /** Of the path item, then of the operation; none left out. */
  readonly pathParameters: readonly DeclaredParameter[];
  readonly operationParameters: readonly DeclaredParameter[];
}

export function findEndpoints(description: Description, follow: CheckedDocument['follow']): Endpoint[] {
  const parametersOf = (list: unknown, pointer: string): DeclaredParameter[] =>
    (Array.isArray(list) ? list : []).flatMap((entry, index) => {
      const at = `${pointer}/${index}`;
      const found = follow(entry, at);
      return found ? [{ ...found, at }] : [];
    });
  const { paths } = description.root;
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([path, entry]) => {
    const pathPointer = toPointer(['paths', path]);
    const item = path.startsWith('x-') ? undefined : follow(entry, pathPointer);
    if (!item) return [];
    const pathParameters = parametersOf(item.value.parameters, `${item.pointer}/parameters`);
    return operationsIn(item.value, item.pointer).flatMap(([method, operation, pointer]): Endpoint[] =>
      isObject(operation)
        ? [
            {
              method,
              path,
              pathPointer,
              operation,
              pointer,
              pathParameters,
              operationParameters: parametersOf(operation.parameters, `${pointer}/parameters`),
            },
          ]
        : [],
    );
  });
}

/** The names between braces of a path template, in their order. */
export function templateNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
