import {
  type Description,
  DocumentError,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../../documents/index.js';
import { grammar, type Holding, type Kind } from './grammar.js';

/** An object of the description, and what it is. */
export interface Part {
  readonly kind: Kind;
  readonly value: JsonObject;
  readonly pointer: string;
  /** The name or number it has in what holds it. */
  readonly key: string;
  readonly holder?: Part;
}

/** A `$ref` where an object is expected. */
export interface Reference {
  readonly kind: Kind;
  /** Of the object with the `$ref`. */
  readonly pointer: string;
  readonly value: JsonObject;
  readonly $ref: string;
  /** Where it leads in the end; why it leads nowhere. */
  readonly target: { readonly pointer: string; readonly value: unknown } | DocumentError;
}

/** A value that stands where an object of some kind is expected. */
export interface Misfit {
  readonly expected: Holding;
  readonly value: unknown;
  readonly pointer: string;
}

export interface Parts {
  readonly of: (kind: Kind) => readonly Part[];
  readonly all: readonly Part[];
  readonly at: (pointer: string) => Part | undefined;
  readonly references: readonly Reference[];
  readonly misfits: readonly Misfit[];
}

/** Every object of a description by its kind, each once; those that only a `$ref` leads to as well. */
export function findParts(description: Description): Parts {
  const parts = new Map<string, Part>();
  const references: Reference[] = [];
  const misfits: Misfit[] = [];
  const kindsOf = new WeakMap<object, Set<Kind>>();
  const pending: { kind: Kind; value: unknown; pointer: string; holder: Part | undefined }[] = [];

  function visit(kind: Kind, value: unknown, pointer: string, key: string, holder?: Part): void {
    if (kind === 'Schema' && typeof value === 'boolean') return;
    if (!isObject(value)) {
      misfits.push({ expected: kind, value, pointer });
      return;
    }
    if (typeof value.$ref === 'string') {
      const target = attempt(description, value, pointer);
      references.push({ kind, pointer, value, $ref: value.$ref, target });
      if (!(target instanceof DocumentError)) pending.push({ kind, ...target, holder });
      if (kind !== 'Schema' && kind !== 'PathItem') return;
      if (kind === 'Schema' && !/^3\.[1-9]/.test(description.version)) return;
    }
    if (parts.has(pointer) || isKnown(kind, value)) return;
    const part: Part = { kind, value, pointer, key, ...(holder && { holder }) };
    parts.set(pointer, part);
    const { holds = {}, members } = grammar[kind];
    for (const [name, member] of Object.entries(value)) {
      if (members !== undefined) {
        if (!name.startsWith('x-')) visit(members, member, `${pointer}${toPointer([name])}`, name, part);
      } else if (Object.hasOwn(holds, name)) {
        visitField(holds[name] as Holding, member, `${pointer}${toPointer([name])}`, name, part);
      }
    }
  }

  /** What a reference stands for where OpenAPI has none, linking puts in each of its places: it is one part all the same. */
  function isKnown(kind: Kind, value: JsonObject): boolean {
    if (kind === 'Operation' || kind === 'PathItem') return false;
    const kinds = kindsOf.get(value) ?? new Set();
    kindsOf.set(value, kinds);
    if (kinds.has(kind)) return true;
    kinds.add(kind);
    return false;
  }

  function visitField(holding: Holding, value: unknown, pointer: string, name: string, holder: Part): void {
    if (holding.endsWith('[]')) {
      if (!Array.isArray(value)) misfits.push({ expected: holding, value, pointer });
      else
        for (const [index, item] of value.entries())
          visit(holding.slice(0, -2) as Kind, item, `${pointer}/${index}`, String(index), holder);
    } else if (holding.endsWith('{}')) {
      if (!isObject(value)) misfits.push({ expected: holding, value, pointer });
      else
        for (const [key, item] of Object.entries(value))
          visit(holding.slice(0, -2) as Kind, item, `${pointer}${toPointer([key])}`, key, holder);
    } else visit(holding as Kind, value, pointer, name, holder);
  }

  visit('Document', description.root, '', '');
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { kind, value, pointer, holder } = next;
    if (!parts.has(pointer)) visit(kind, value, pointer, pointer.split('/').at(-1) ?? '', holder);
  }
  const all = [...parts.values()];
  const byKind = new Map<Kind, Part[]>();
  for (const part of all) {
    const known = byKind.get(part.kind);
    if (known) known.push(part);
    else byKind.set(part.kind, [part]);
  }
  return {
    all,
    references,
    misfits,
    of: (kind) => byKind.get(kind) ?? [],
    at: (pointer) => parts.get(pointer),
  };
}

function attempt(description: Description, value: unknown, pointer: string): Reference['target'] {
  try {
    return resolve(description, value, pointer);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
}
