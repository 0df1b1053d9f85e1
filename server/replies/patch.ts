import { applyPatch } from 'rfc6902';
import { isObject } from '../documents/index.js';
import { type ApiRequest, headerOf } from './api-request.js';

/** An item with what a request changes of it; a text says why it can't be changed so. */
export function patched(item: unknown, body: unknown, request: ApiRequest): unknown | string {
  const isJsonPatch = headerOf(request, 'content-type')?.startsWith('application/json-patch') === true;
  if (isJsonPatch || (Array.isArray(body) && body.every((entry) => isObject(entry) && typeof entry.op === 'string'))) {
    const copy = structuredClone(item);
    const failed = applyPatch(copy, body as Parameters<typeof applyPatch>[1]).find((error) => error !== null);
    return failed ? `the patch can not be applied: ${failed.message}` : copy;
  }
  return merge(item, body);
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
