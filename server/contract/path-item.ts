import { isObject, type JsonObject, toPointer } from '../documents/index.js';

/** Fixed fields of a Path Item Object that hold operations (OpenAPI 3.2.0 §4.9.1). */
export const fixedMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

const asSent = fixedMethods.map((name) => [name, name.toUpperCase()] as const);

/** What stands where a path item has operations, whatever it is, with the method as it is sent, and its pointer. */
export function operationsIn(
  pathItem: JsonObject,
  pointer: string,
): readonly (readonly [method: string, operation: unknown, pointer: string])[] {
  const found: [string, unknown, string][] = [];
  // Thousands are gone through at a start, and most have one or two.
  for (const [name, method] of asSent) {
    const operation = pathItem[name];
    if (operation !== undefined) found.push([method, operation, `${pointer}/${name}`]);
  }
  // Methods here are written as they are sent.
  const { additionalOperations } = pathItem;
  if (isObject(additionalOperations))
    for (const [method, operation] of Object.entries(additionalOperations))
      if (operation !== undefined)
        found.push([method, operation, `${pointer}${toPointer(['additionalOperations', method])}`]);
  return found;
}
