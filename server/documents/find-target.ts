import { findAnchor } from './anchor.js';
import { isObject } from './json.js';
import { type Refusal, unresolved } from './library.js';
import type { File, LinkedFiles, Target } from './linked-files.js';
import { keysOf, type Path } from './object-model.js';
import { fromPointer, toPointer, valueAt } from './pointer.js';
import { scopeOf } from './schema-scope.js';
import { decode, toUri } from './uri.js';

/** References on the way of a pointer are followed this far. */
const hopsMax = 8;

/** A reference, and where the object that has it stands. */
export interface Referring {
  readonly text: string;
  readonly file: File;
  readonly path: Path | undefined;
}

interface TargetFinder {
  readonly find: (reference: Referring) => Target | Refusal;
  /** Gives a schema or a file the URI that it has for itself. */
  readonly identify: (id: string, file: File, keys: readonly string[]) => void;
  /** The object with this `$ref` will not say any more in the author's words where it leads. */
  readonly settle: (holder: object, target: Target) => void;
}

/** Finds what URI references lead to: by `$id`, `$self`, `$anchor` or JSON Pointer (JSON Schema 2020-12 §8.2, RFC 3986 §5). */
export function createTargetFinder(files: LinkedFiles): TargetFinder {
  /** Schemas and documents by the URI they give themselves. */
  const identified = new Map<string, Target>();
  const known = new Set<File>([files.document]);
  const settled = new WeakMap<object, Target>();

  function identify(id: string, file: File, keys: readonly string[]): void {
    const uri = toUri(id, scopeOf(file, keys.slice(0, -1)).base);
    if (uri !== undefined && !identified.has(uri)) identified.set(uri.replace(/#$/, ''), { file, keys });
  }

  function find({ text, file, path }: Referring, depth = 0): Target | Refusal {
    const at = text.indexOf('#');
    const address = at === -1 ? text : text.slice(0, at);
    const fragment = at === -1 ? '' : text.slice(at + 1);
    const scope = scopeOf(file, keysOf(path));
    const resources = address === '' ? [{ file, keys: scope.keys }] : openAt(address, [scope.base, file.uri]);
    if ('rule' in resources) return resources;
    // A schema with an `$id` is often still referred from by pointers into the file around it.
    for (const resource of resources)
      for (const start of [resource.keys, []]) {
        const found = findInside({ file: resource.file, keys: start }, fragment, depth);
        if (found) return found;
      }
    return unresolved(`"${text}" leads nowhere`, 'correct the reference, or add what it names');
  }

  function openAt(address: string, bases: readonly string[]): Target[] | Refusal {
    const uris = [...new Set(bases.flatMap((base) => toUri(address, base) ?? []))];
    for (const uri of uris) {
      const target = identified.get(uri);
      if (target) return [target];
    }
    let refusal = unresolved(`"${address}" is no URI reference`, 'correct it');
    for (const uri of uris.reverse()) {
      const file = files.open(uri);
      if (!('rule' in file)) {
        meet(file);
        return [{ file, keys: [] }];
      }
      refusal = file;
    }
    return refusal;
  }

  function meet(file: File): void {
    if (known.has(file)) return;
    known.add(file);
    if (isObject(file.root))
      for (const id of [file.root.$id, file.root.$self]) if (typeof id === 'string') identify(id, file, []);
  }

  function findInside(start: Target, fragment: string, depth: number): Target | undefined {
    const text = decode(fragment);
    if (text === undefined) return undefined;
    if (text === '' || text.startsWith('/')) {
      const found = descend(start, fromPointer(text), depth);
      // `#/` names a member called "", but is meant as the whole file.
      return found ?? (text === '/' ? start : undefined);
    }
    const keys = findAnchor(valueAt(start.file.root, toPointer(start.keys)), text, []);
    return keys && { file: start.file, keys: [...start.keys, ...keys] };
  }

  /** Follows keys, also through references on the way: `#/components/responses/A/content` where A is a reference. */
  function descend(start: Target, keys: readonly string[], depth: number): Target | undefined {
    let at = start;
    let value = valueAt(at.file.root, toPointer(at.keys));
    for (const key of keys) {
      for (
        let hops = 0;
        hops < hopsMax && isObject(value) && !Object.hasOwn(value, key) && typeof value.$ref === 'string';
        hops++
      ) {
        if (depth > hopsMax) return undefined;
        const next = settled.get(value) ?? find({ text: value.$ref, file: at.file, path: pathOf(at.keys) }, depth + 1);
        if ('rule' in next) return undefined;
        at = next;
        value = valueAt(at.file.root, toPointer(at.keys));
      }
      value = valueAt(value, toPointer([key]));
      if (value === undefined) return undefined;
      at = { file: at.file, keys: [...at.keys, key] };
    }
    return value === undefined ? undefined : at;
  }

  return { find: (reference) => find(reference), identify, settle: (holder, target) => settled.set(holder, target) };
}

/** Keys as a path of the object model. */
export function pathOf(keys: readonly string[]): Path | undefined {
  return keys.reduce<Path | undefined>((parent, key) => ({ parent, key }), undefined);
}
