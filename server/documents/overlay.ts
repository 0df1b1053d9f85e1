import { exec, type JsonValue } from 'jsonpath-rfc9535';
import { type Origin, type Origins, originOf } from './description.js';
import type { Diagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { isObject } from './json.js';
import { type Action, type OverlayDocument, readOverlay } from './overlay-document.js';
import { toPointer, valueAt } from './pointer.js';
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
 * @throws DocumentError where the overlay itself is wrong, or does not fit what it is applied to.
 */
export function applyOverlay(
  description: Target,
  overlay: Source,
  document: OverlayDocument = readOverlay(overlay),
): { root: unknown; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [...document.diagnostics];
  const holder = { ...description };
  for (const action of document.actions) {
    const matches = find(holder.root, overlay, [...action.keys, 'target'], action.target);
    if (matches.length === 0) {
      diagnostics.push({
        severity: 'warning',
        rule: 'overlay-no-match',
        message: `"${action.target}" matches nothing`,
        advice: 'correct the target, or remove the action',
        place: overlay.locate([...action.keys, 'target']),
      });
    } else if (action.remove) {
      remove(holder, matches);
    } else {
      const change = changeOf(holder, overlay, document, action);
      if (document.strict && change) checkKinds(holder, matches, change, action.target);
      // Each match gets a value of its own: a later action may change one of them.
      if (change) for (const match of matches) update(holder, match, change);
    }
  }
  return { root: holder.root, diagnostics };
}

/** What an action writes, and where it comes from: the overlay, or for `copy` what is copied. */
interface Change {
  readonly value: unknown;
  readonly from: Origin;
  readonly strict: boolean;
  /** Where the action stands, for what is wrong with it. */
  readonly at: Origin;
}

function changeOf(
  holder: Target,
  overlay: Source,
  { strict }: OverlayDocument,
  { update, copy, keys }: Action,
): Change | undefined {
  const at = { source: overlay, keys: [...keys, update === undefined ? 'copy' : 'update'] };
  if (update !== undefined) return { value: update, from: at, strict, at };
  if (copy === undefined) return undefined;
  const found = find(holder.root, overlay, at.keys, copy);
  const [source] = found;
  if (!source || found.length > 1)
    throw DocumentError.at(
      overlay.locate(at.keys),
      'overlay-invalid',
      `"${copy}" selects ${found.length === 0 ? 'nothing' : `${found.length} nodes`}, where one is expected`,
      'name the one node that is copied',
    );
  const path = source.path.map(String);
  // What is copied stays as it is now, also where it is copied into itself.
  return { value: structuredClone(valueAt(holder.root, toPointer(path))), from: originOf(holder, path), strict, at };
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : 'a primitive');

/** Overlay 1.1 §4.4.3: the targets are all objects, all lists or all primitives, and the change fits them. */
function checkKinds(holder: Target, matches: readonly Match[], { value, at }: Change, target: string): void {
  const kinds = [...new Set(matches.map((match) => kindOf(valueAt(holder.root, toPointer(match.path)))))];
  const [kind = ''] = kinds;
  if (kinds.length > 1) {
    throw DocumentError.at(
      at.source.locate([...at.keys.slice(0, -1), 'target']),
      'overlay-invalid',
      `"${target}" selects ${kinds.join(' and ')}, which no one change fits`,
      'make it an action for each',
    );
  }
  if (kind !== 'a list' && kind !== kindOf(value)) throw misfit(at, kind, value);
}

function misfit(at: Origin, kind: string, value: unknown): DocumentError {
  return DocumentError.at(
    at.source.locate(at.keys),
    'overlay-invalid',
    `${kindOf(value)} can't be merged into ${kind}`,
    `write ${kind}, or remove what is there first`,
  );
}

/** A JSONPath may select a node more than once (RFC 9535 §2.1.2); it is changed once. */
function find(root: unknown, overlay: Source, keys: readonly string[], query: string): Match[] {
  const matches = new Map<string, Match>();
  try {
    exec(root as JsonValue, query, (_value, path) => matches.set(toPointer(path), { path: [...path] }));
  } catch (error) {
    const message = `"${query}" is not a JSONPath: ${(error as Error).message}`;
    throw DocumentError.at(overlay.locate(keys), 'overlay-invalid', message, 'see RFC 9535');
  }
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

function update(holder: Target, match: Match, change: Change): void {
  const { parent, key } = parentOf(holder, match);
  const target = parent[key];
  if (Array.isArray(target)) {
    if (Array.isArray(change.value) && change.strict) append(holder.origins, target, change);
    else write(holder.origins, target, String(target.length), change);
  } else if (isObject(target) && isObject(change.value)) {
    merge(holder.origins, target as Container, change);
  } else {
    write(holder.origins, parent, String(key), change);
  }
}

function below(change: Change, name: string): Change {
  const step = ({ source, keys }: Origin) => ({ source, keys: [...keys, name] });
  const at = change.at === change.from ? step(change.from) : change.at;
  return { ...change, value: (change.value as Container)[name], from: step(change.from), at };
}

/** Objects merge member by member, lists are concatenated, anything else replaces (Overlay §4.4.3). */
function merge(origins: Origins, target: Container, change: Change): void {
  for (const name of Object.keys(change.value as object)) {
    const member = below(change, name);
    const existing = Object.hasOwn(target, name) ? target[name] : undefined;
    if (isObject(existing) && isObject(member.value)) merge(origins, existing as Container, member);
    else if (Array.isArray(existing) && Array.isArray(member.value)) append(origins, existing, member);
    else {
      if (change.strict && existing !== undefined && kindOf(existing) !== kindOf(member.value))
        throw misfit(member.at, kindOf(existing), member.value);
      write(origins, target, name, member);
    }
  }
}

function append(origins: Origins, target: unknown[], change: Change): void {
  for (const index of (change.value as unknown[]).keys())
    write(origins, target, String(target.length), below(change, String(index)));
}

function write(origins: Origins, target: Container | unknown[], name: string, change: Change): void {
  const value = structuredClone(change.value);
  if (Array.isArray(target)) target.push(value);
  else Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
  const written = origins.get(target) ?? new Map();
  written.set(name, change.from);
  origins.set(target, written);
}
