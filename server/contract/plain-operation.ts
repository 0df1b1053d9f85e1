import {
  type Description,
  DocumentError,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
  valueAt,
} from '../documents/index.js';
import type { OperationPlace } from './operation.js';

type Look = (object: JsonObject) => boolean;

/**
 * Finds operations whose compilation can wait: all their references lead somewhere, and no extension of ours is in them. What
 * is wrong with others decides whether they are served at all, and so has to be known before anything is. What is referred to is
 * looked at once, however many operations share it.
 */
export function createPlainness(description: Description): (place: OperationPlace) => boolean {
  /** What references lead to, by what it was looked at as: that may stand in several roles. */
  const knownAs = new Map<Look, Map<string, boolean>>();

  /** Whether a value, behind its references, is plain; what is no object is nobody's concern here. */
  function at(value: unknown, look: Look): boolean {
    if (!isObject(value)) return true;
    if (typeof value.$ref === 'string') return behind(value.$ref, value, look);
    return !isExtended(value) && look(value);
  }

  function behind($ref: string, value: JsonObject, look: Look): boolean {
    const known = knownAs.get(look) ?? new Map<string, boolean>();
    knownAs.set(look, known);
    const before = known.get($ref);
    if (before !== undefined) return before;
    // References may go in circles.
    known.set($ref, true);
    const target = targetOf(value);
    const isPlain = target !== undefined && !isExtended(target) && look(target);
    known.set($ref, isPlain);
    return isPlain;
  }

  function targetOf(value: JsonObject): JsonObject | undefined {
    try {
      const found = resolve(description, value, '');
      return isObject(found.value) ? found.value : {};
    } catch (error) {
      if (error instanceof DocumentError) return undefined;
      throw error;
    }
  }

  function all(values: unknown, look: Look): boolean {
    if (typeof values !== 'object' || values === null) return true;
    for (const name of Object.keys(values)) if (!at((values as JsonObject)[name], look)) return false;
    return true;
  }
  const leaf = () => true;
  const described: Look = ({ examples, content }) => all(examples, leaf) && all(content, described);
  const response: Look = ({ headers, content }) => all(headers, described) && all(content, described);
  const scheme = (name: string) =>
    at(valueAt(description.root, toPointer(['components', 'securitySchemes', name])), leaf);

  return ({ operation, pathItem }) =>
    !isExtended(pathItem) &&
    !isExtended(operation) &&
    all(pathItem.parameters, described) &&
    all(operation.parameters, described) &&
    at(operation.requestBody, described) &&
    all(operation.responses, response) &&
    (!Array.isArray(operation.security) ||
      operation.security.every((needs) => !isObject(needs) || Object.keys(needs).every(scheme)));
}

function isExtended(object: JsonObject): boolean {
  for (const name in object) if (name[0] === 'x' && name.startsWith('x-standin-')) return true;
  return false;
}
