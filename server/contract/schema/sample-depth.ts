import { type Description, isObject } from '../../documents/index.js';
import { flatOf } from './sample-value.js';

/** A schema with no value as shallow as this is taken to have none at all. */
export const depthLimit = 12;

const known = new WeakMap<Description, Map<number, WeakMap<object, boolean>>>();

/** The depth of the shallowest value of a schema: what is required, and nothing else. `Infinity` where each contains another. */
export function leastDepth(description: Description, schema: unknown): number {
  for (let depth = 0; depth <= depthLimit; depth++) if (endsWithin(description, schema, depth)) return depth;
  return Number.POSITIVE_INFINITY;
}

function endsWithin(description: Description, schema: unknown, depth: number): boolean {
  if (!isObject(schema)) return schema !== false;
  let byDepth = known.get(description);
  if (!byDepth) {
    byDepth = new Map();
    known.set(description, byDepth);
  }
  let found = byDepth.get(depth);
  if (!found) {
    found = new WeakMap();
    byDepth.set(depth, found);
  }
  const answer = found.get(schema);
  if (answer !== undefined) return answer;
  // Within itself at no less depth it has no end that it would not have without.
  found.set(schema, false);
  const ends = decide(description, schema, depth);
  found.set(schema, ends);
  return ends;
}

function decide(description: Description, schema: Readonly<Record<string, unknown>>, depth: number): boolean {
  const flat = flatOf(description, { schema, pointer: '' });
  if ('const' in flat || Array.isArray(flat.enum)) return true;
  if (flat.nullable === true || (Array.isArray(flat.type) && flat.type.includes('null'))) return true;
  for (const keyword of ['oneOf', 'anyOf']) {
    const members = flat[keyword];
    if (Array.isArray(members) && !members.some((member) => endsWithin(description, member, depth))) return false;
  }
  const required = Array.isArray(flat.required) ? (flat.required as string[]) : [];
  const properties = isObject(flat.properties) ? flat.properties : {};
  const needed = required.filter((name) => Object.hasOwn(properties, name)).map((name) => properties[name]);
  if (typeof flat.minItems === 'number' && flat.minItems > 0 && flat.items !== undefined) needed.push(flat.items);
  return needed.length === 0 || (depth > 0 && needed.every((part) => endsWithin(description, part, depth - 1)));
}
