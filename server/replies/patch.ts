import { applyPatch } from 'rfc6902';
import { isObject } from '../documents/index.js';
import { type ApiRequest, headerOf } from './api-request.js';

/** Why a patch can't be applied, and the statuses that say so, the best first (RFC 5789 §2.2). */
export class Unpatchable {
  constructor(
    readonly why: string,
    readonly statuses: readonly number[],
  ) {}
}

const malformed = [400, 422];
/** The item is not as the patch takes it to be. */
const conflicting = [409, 422, 400];

/** An item with what a request changes of it, or why it can't be changed so. */
export function patched(item: unknown, body: unknown, request: ApiRequest): unknown | Unpatchable {
  const isJsonPatch = headerOf(request, 'content-type')?.startsWith('application/json-patch') === true;
  const isPatch = (entry: unknown) => isObject(entry) && typeof entry.op === 'string';
  // Some documents have an object where RFC 6902 has a list: it can only be merged.
  if (!Array.isArray(body)) return merge(item, body);
  if (!body.every(isPatch)) {
    return isJsonPatch ? new Unpatchable('the patch can not be applied: it has what is no operation', malformed) : body;
  }
  try {
    const copy = structuredClone(item);
    const failed = applyPatch(copy, body as Parameters<typeof applyPatch>[1]).find((error) => error !== null);
    if (!failed) return copy;
    const statuses = failed.name === 'InvalidOperationError' ? malformed : conflicting;
    return new Unpatchable(`the patch can not be applied: ${failed.message}`, statuses);
  } catch (error) {
    return new Unpatchable(`the patch can not be applied: ${(error as Error).message}`, malformed);
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
