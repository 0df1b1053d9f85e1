import { bare } from '../../server/contract/index.js';
import { isObject, type JsonObject } from '../../server/documents/index.js';

/** `owner_id` is in `{"owner": {"id": …}}`, too. */
export function memberCalled(item: JsonObject, name: string): unknown {
  for (const [one, value] of Object.entries(item)) {
    if (bare(one) === name) return value;
    const inner =
      isObject(value) && name.startsWith(bare(one)) ? memberCalled(value, name.slice(bare(one).length)) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
