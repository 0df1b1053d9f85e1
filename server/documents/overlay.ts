import { exec, type JsonValue } from 'jsonpath-rfc9535';
import { type Origins, originOf } from './description.js';
import type { Diagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { describeValue, isObject } from './json.js';
import { toPointer } from './pointer.js';
import type { Source } from './source.js';

type Key = string | number;
interface Match {
  readonly path: readonly Key[];
}

/** What an overlay is applied to. */
interface Target {
  readonly root: unknown;
  readonly source: Source;
  readonly origins: Origins;
}

/**
 * Applies an Overlay document (Overlay Specification 1.0 and 1.1, §4.4) to a description, in place, and records in its
 * `origins` which members it wrote. Returns the new root and a warning for each action that matched nothing.
 *
 * @throws DocumentError where the overlay itself is wrong.
 */
export function applyOverlay(description: Target, overlay: Source): { root: unknown; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const holder = { ...description };
  const { origins } = holder;
  const fail = (keys: string[], message: string, advice: string) =>
    DocumentError.at(overlay.locate(keys), 'overlay-invalid', message, advice);
  const document = overlay.value;
  if (!isObject(document) || typeof document.overlay !== 'string' || !/^1\.\d+\.\d+/.test(document.overlay)) {
    throw fail(
      ['overlay'],
      'this is not an Overlay document: expected `overlay: 1.0.0`',
      'see the Overlay Specification 1.0',
    );
  }
  if (!Array.isArray(document.actions)) {
    throw fail(
      ['actions'],
      `expected a list of actions, found ${describeValue(document.actions)}`,
      'write `actions:` and a list',
    );
  }
  document.actions.forEach((action: unknown, index) => {
    const at = ['actions', String(index)];
    if (!isObject(action) || typeof action.target !== 'string') {
      throw fail(at, 'an action needs a `target`', 'give it a JSONPath (RFC 9535)');
    }
    let matches: Match[];
    try {
      matches = find(holder.root, action.target);
    } catch (error) {
      throw fail(
        [...at, 'target'],
        `"${action.target}" is not a JSONPath: ${(error as Error).message}`,
        'see RFC 9535',
      );
    }
    if (matches.length === 0) {
      diagnostics.push({
        severity: 'warning',
        rule: 'overlay-no-match',
        message: `"${action.target}" matches nothing`,
        advice: 'correct the target, or remove the action',
        place: overlay.locate([...at, 'target']),
      });
    }
    if (action.remove === true) {
      remove(holder, matches);
    } else if (action.update !== undefined) {
      for (const match of matches)
        update(holder, match, action.update, { source: overlay, keys: [...at, 'update'] }, origins);
    }
  });
  return { root: holder.root, diagnostics };
}

/** A JSONPath may select a node more than once (RFC 9535 §2.1.2); it is changed once. */
function find(root: unknown, target: string): Match[] {
  const matches = new Map<string, Match>();
  exec(root as JsonValue, target, (_value, path) => matches.set(toPointer(path), { path: [...path] }));
  return [...matches.values()];
}

type Container = Record<Key, unknown>;

function parentOf(holder: { root: unknown }, { path }: Match): { parent: Container; key: Key } {
  if (path.length === 0) return { parent: holder as unknown as Container, key: 'root' };
  let parent = holder.root as Container;
  for (const key of path.slice(0, -1)) parent = parent[key] as Container;
  return { parent, key: path.at(-1) as Key };
}

/** Highest index first, so that removing from a list does not move what is still to be removed. */
function remove(holder: Target, matches: readonly Match[]): void {
  const targets = matches.map((match) => ({ ...match, ...parentOf(holder, match) }));
  for (const { parent, path } of targets) if (Array.isArray(parent)) recordOrigins(holder, parent, path.slice(0, -1));
  const index = ({ key }: { key: Key }) => (typeof key === 'number' ? key : -1);
  for (const { parent, key } of targets.sort((a, b) => index(b) - index(a))) {
    if (Array.isArray(parent)) {
      parent.splice(Number(key), 1);
      const written = [...(holder.origins.get(parent)?.values() ?? [])].toSpliced(Number(key), 1);
      holder.origins.set(parent, new Map(written.map((origin, at) => [String(at), origin])));
    } else delete parent[key];
  }
}

/** Items of a list lose their index where others are removed; each must know by itself where it comes from. */
function recordOrigins(holder: Target, list: unknown[], path: readonly Key[]): void {
  const origins = list.map((_item, index) => originOf(holder, [...path.map(String), String(index)]));
  holder.origins.set(list, new Map(origins.map((origin, index) => [String(index), origin])));
}

function update(
  holder: { root: unknown },
  match: Match,
  value: unknown,
  from: { source: Source; keys: string[] },
  origins: Origins,
): void {
  const { parent, key } = parentOf(holder, match);
  const target = parent[key];
  if (Array.isArray(target)) {
    write(target, String(target.length), structuredClone(value), from, origins);
  } else if (isObject(target) && isObject(value)) {
    merge(target as Container, value, from, origins);
  } else {
    write(parent, String(key), structuredClone(value), from, origins);
  }
}

/** Objects merge member by member, lists are concatenated, anything else replaces (Overlay §4.4.2). */
function merge(target: Container, value: object, from: { source: Source; keys: string[] }, origins: Origins): void {
  for (const [name, member] of Object.entries(value)) {
    const existing = Object.hasOwn(target, name) ? target[name] : undefined;
    const origin = { source: from.source, keys: [...from.keys, name] };
    if (isObject(existing) && isObject(member)) {
      merge(existing as Container, member, origin, origins);
    } else if (Array.isArray(existing) && Array.isArray(member)) {
      member.forEach((item, index) => {
        write(
          existing,
          String(existing.length),
          structuredClone(item),
          { ...origin, keys: [...origin.keys, String(index)] },
          origins,
        );
      });
    } else {
      write(target, name, structuredClone(member), origin, origins);
    }
  }
}

function write(
  target: Container | unknown[],
  name: string,
  value: unknown,
  from: { source: Source; keys: string[] },
  origins: Origins,
): void {
  if (Array.isArray(target)) target.push(value);
  else Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
  const written = origins.get(target) ?? new Map();
  written.set(name, from);
  origins.set(target, written);
}
