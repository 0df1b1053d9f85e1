import type { JsonObject } from '../documents/index.js';

/** Where the conversion of OpenAPI 2.0 keeps what 3.x can't say: the styles of the lists in a list, by depth. */
const member = 'x-standin-item-styles';

export function itemStylesOf(object: JsonObject): readonly string[] {
  const styles = object[member];
  return Array.isArray(styles) ? styles.map(String) : [];
}

/** Whether an Encoding Object stands for a `collectionFormat`. */
export const isFromSwagger = (object: JsonObject): boolean => member in object;
