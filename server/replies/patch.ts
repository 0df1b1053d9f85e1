import { applyPatch } from 'rfc6902';
import { isObject } from '../documents/index.js';
import { type ApiRequest, headerOf } from './api-request.js';

/** An item with what a request changes of it; a text says why it can't be changed so. */
export function patched(item: unknown, body: unknown, request: ApiRequest): unknown | string {
  const isJsonPatch = headerOf(request, 'content-type')?.startsWith('application/json-patch') === true;
  const isPatch = (entry: unknown) => isObject(entry) && typeof entry.op === 'string';
  // Some documents have an object where RFC 6902 has a list: it can only be merged.
  if (!Array.isArray(body)) return merge(item, body);
  if (!body.every(isPatch)) return isJsonPatch ? 'the patch can not be applied: it has what is no operation' : body;
  try {
    const copy = structuredClone(item);
    const failed = applyPatch(copy, body as Parameters<typeof applyPatch>[1]).find((error) => error !== null);
    return failed ? `the patch can not be applied: ${failed.message}` : copy;
  } catch (error) {
    return `the patch can not be applied: ${(error as Error).message}`;
  }
}

/** JSON Merge Patch (RFC 7396 §2). */
function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const made: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete made[name];
    else
      Object.defineProperty(made, name, {
        value: merge(made[name], value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return made;
}
