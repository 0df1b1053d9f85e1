import type { Origins } from './description.js';
import { originOf } from './description.js';
import { isObject, type JsonObject } from './json.js';
import { keysOf, walk } from './object-model.js';
import { fromPointer, toPointer, valueAt } from './pointer.js';
import type { Source } from './source.js';

/** The member of the root that holds schemas as they are when another schema extends them. */
const dynamicMember = 'x-standin-dynamic';

type Schema = Record<string, unknown>;
/** Names of dynamic anchors, and the pointers of the schemas that they lead to. */
type Anchors = Readonly<Record<string, string>>;

interface Site {
  readonly holder: Schema;
  readonly pointer: string;
}

/**
 * Makes `$dynamicRef` and `$recursiveRef` plain references (JSON Schema 2020-12 §8.2.3.2, 2019-09 §8.2.4.2.1). Where they
 * lead depends on the schemas that were passed on the way to them; so a schema that is extended by another is written once
 * more, as it is from there, and referred to in its stead. All other references are pointers by now.
 */
export function linkDynamicReferences(
  { root, origins, source }: { root: Schema; origins: Origins; source: Source },
  filesMember: string,
): void {
  const anchorsByResource = new Map<string, Anchors>();
  const namesByPointer = new Map<string, ReadonlySet<string>>();
  const copies = new Map<string, string>();
  const changes: (() => void)[] = [];
  const made: Schema = {};
  const places = new Map();

  function resourceOf(pointer: string): string {
    const keys = fromPointer(pointer);
    for (let length = keys.length; length > 0; length--) {
      const value = valueAt(root, toPointer(keys.slice(0, length)));
      if (isObject(value) && typeof value.$id === 'string' && !value.$id.startsWith('#'))
        return toPointer(keys.slice(0, length));
    }
    return keys[0] === filesMember ? toPointer(keys.slice(0, 2)) : '';
  }

  function anchorsOf(pointer: string): Anchors {
    const resource = resourceOf(pointer);
    const known = anchorsByResource.get(resource);
    if (known) return known;
    const found: Record<string, string> = {};
    // What stands in the place of a reference makes circles of the objects themselves.
    const seen = new Set<object>();
    const search = (value: unknown, at: string) => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return;
      seen.add(value);
      if (isObject(value)) {
        if (at !== resource && (typeof value.$id === 'string' || at === `/${filesMember}`)) return;
        if (typeof value.$dynamicAnchor === 'string') found[value.$dynamicAnchor] ??= at;
        if (value.$recursiveAnchor === true) found[''] ??= at;
      }
      for (const [key, member] of Object.entries(value)) search(member, `${at}${toPointer([key])}`);
    };
    search(valueAt(root, resource), resource);
    anchorsByResource.set(resource, found);
    return found;
  }

  /** The references in a schema, nested schemas included. */
  function sitesIn(value: unknown, pointer: string): Site[] {
    const sites: Site[] = [];
    walk(value, 'schema', undefined, new WeakSet(), (object, _kind, path) => {
      if ([object.$ref, object.$dynamicRef, object.$recursiveRef].some((reference) => typeof reference === 'string'))
        sites.push({ holder: object as Schema, pointer: `${pointer}${toPointer(keysOf(path))}` });
    });
    return sites;
  }

  const targetOf = ({ $ref }: JsonObject) =>
    typeof $ref === 'string' && /^#(?:\/|$)/.test($ref) ? decodeURIComponent($ref.slice(1)) : undefined;
  const dynamicNameOf = ({ $dynamicRef, $recursiveRef }: JsonObject) =>
    typeof $dynamicRef === 'string'
      ? $dynamicRef.replace(/^.*#/, '')
      : typeof $recursiveRef === 'string'
        ? ''
        : undefined;

  /** The dynamic anchors that a schema asks for, it or any that it refers to. */
  function namesFrom(pointer: string): ReadonlySet<string> {
    const known = namesByPointer.get(pointer);
    if (known) return known;
    const names = new Set<string>();
    const passed = new Set([pointer]);
    for (const at of passed)
      for (const { holder } of sitesIn(valueAt(root, at), at)) {
        const name = dynamicNameOf(holder);
        const target = targetOf(holder);
        if (name !== undefined) names.add(name);
        if (target !== undefined) passed.add(target);
      }
    namesByPointer.set(pointer, names);
    return names;
  }

  /** The pointer of a schema as it is when it is reached by way of schemas with these dynamic anchors, the outermost first. */
  function reached(pointer: string, outer: Anchors): string {
    const own = anchorsOf(pointer);
    const relevant = [...namesFrom(pointer)].filter((name) => outer[name] !== undefined).sort();
    if (relevant.every((name) => outer[name] === own[name])) return pointer;
    const scope = Object.fromEntries(relevant.map((name) => [name, outer[name] as string]));
    const key = JSON.stringify([pointer, scope]);
    const known = copies.get(key);
    if (known !== undefined) return known;
    const keys = fromPointer(pointer);
    const name = `${copies.size + 1}-${keys.at(-1) ?? ''}`;
    const copy = structuredClone(valueAt(root, pointer));
    made[name] = copy;
    places.set(name, originOf({ root, source, origins }, keys));
    const at = toPointer([dynamicMember, name]);
    copies.set(key, at);
    for (const site of sitesIn(copy, pointer)) change(site, { ...anchorsOf(site.pointer), ...scope });
    return at;
  }

  function change({ holder, pointer }: Site, scope: Anchors): void {
    const own = anchorsOf(pointer);
    const name = dynamicNameOf(holder);
    const references: string[] = [];
    const target = targetOf(holder);
    if (target !== undefined) references.push(reached(target, scope));
    if (name !== undefined) {
      // It is dynamic only where the resource it stands in has such an anchor as well.
      const found = own[name] === undefined ? undefined : (scope[name] ?? own[name]);
      const plain = found ?? (name === '' ? resourceOf(pointer) : undefined);
      if (plain !== undefined) references.push(reached(plain, scope));
    }
    changes.push(() => {
      delete holder.$dynamicRef;
      delete holder.$recursiveRef;
      const [first, ...others] = references.map((reference) => `#${reference.replaceAll('%', '%25')}`);
      if (first !== undefined) holder.$ref = first;
      if (others.length > 0)
        holder.allOf = [...(Array.isArray(holder.allOf) ? holder.allOf : []), ...others.map(($ref) => ({ $ref }))];
    });
  }

  const seen = new WeakSet<object>();
  const visit = (value: unknown, kind: 'openapi' | 'schema', keys: readonly string[]) =>
    walk(value, kind, undefined, seen, (object, of, path) => {
      if (of !== 'schema') return;
      const site = { holder: object as Schema, pointer: toPointer([...keys, ...keysOf(path)]) };
      if (dynamicNameOf(object) !== undefined || targetOf(object) !== undefined) change(site, anchorsOf(site.pointer));
    });
  visit(root, 'openapi', []);
  for (const [name, value] of Object.entries((root[filesMember] ?? {}) as Schema))
    visit(value, 'schema', [filesMember, name]);
  for (const apply of changes) apply();
  if (copies.size === 0) return;
  root[dynamicMember] = made;
  origins.set(made, places);
}
