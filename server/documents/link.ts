import { basename, extname } from 'node:path';
import { findAnchor } from './anchor.js';
import { type Description, diagnose, type Origin, originOf } from './description.js';
import type { Diagnostic } from './diagnostic.js';
import { linkDynamicReferences } from './dynamic-reference.js';
import { readExternalValue } from './external-value.js';
import { isObject, type JsonObject } from './json.js';
import { isLegacyDialect, knownDialect, modernise } from './json-schema-dialect.js';
import { type Library, type Refusal, unresolved } from './library.js';
import { type Inclusion, type Kind, keysOf, type Path, walk, walkMember } from './object-model.js';
import { fromPointer, toPointer, valueAt } from './pointer.js';
import type { Source } from './source.js';
import { decode, toUri } from './uri.js';

/** The member of the root that holds each other file which the document refers to, whole. */
export const filesMember = 'x-standin-files';

/** What an anchor, an identifier or another file may be mentioned by; a document without any has nothing to link. */
const mentions =
  /\$(?:ref["']?\s*:(?!\s*(?:["']?#\/|\{))|(?:id|anchor|schema|self|dynamicRef|recursiveRef)["']?\s*:(?!\s*\{))|externalValue|jsonSchemaDialect|mapping["']?\s*:|\\u0024/;

/** A `$schema` that is not the dialect of OpenAPI 3.1 or JSON Schema 2020-12. */
const otherDialect =
  /\$schema["']?\s*:(?!\s*(?:["']?https?:\/\/(?:json-schema\.org\/draft\/2020-12|spec\.openapis\.org\/oas\/3)|\{))/;

type Linkable = Pick<Description, 'root' | 'source' | 'origins' | 'version'>;

interface File {
  readonly uri: string;
  readonly root: unknown;
  /** The keys that it is found under from the root of the description on. */
  readonly prefix: readonly string[];
  readonly source: Source;
  readonly hasDialects: boolean;
  readonly hasIdentifiers: boolean;
}

interface Target {
  readonly file: File;
  readonly keys: readonly string[];
}

interface Reference {
  readonly holder: Record<string, unknown>;
  readonly member: string;
  readonly text: string;
  readonly kind: Kind;
  readonly file: File;
  /** Of the holder, in its file. */
  readonly path: Path | undefined;
}

/**
 * Makes every reference of a description one by JSON Pointer into its root (OpenAPI 3.1.1 §4.6, JSON Schema 2020-12 §8.2).
 * The files that are referred to are parsed once and put under a member of the root, whole; nothing is copied into the
 * place of a reference. References that lead nowhere stay as they are. Returns what was found wrong.
 */
export function link(
  description: Linkable,
  overlays: readonly Source[],
  library: Library,
): { files: string[]; diagnostics: Diagnostic[] } {
  if (![description.source, ...overlays].some(({ text }) => mentions.test(text))) return { files: [], diagnostics: [] };
  return createLinker(description, library)();
}

function createLinker(description: Linkable, library: Library) {
  const { origins } = description;
  const root = description.root as Record<string, unknown>;
  const is31 = !/^(?:2|3\.0)/.test(description.version);
  const diagnostics: Diagnostic[] = [];
  const document: File = { uri: library.base, root, prefix: [], ...textOf(description.source) };
  const files = new Map<string, File>([[document.uri, document]]);
  /** Schemas and documents by the URI they give themselves. */
  const identified = new Map<string, Target>();
  const seen = new WeakSet<object>();
  const references: Reference[] = [];
  const late: Reference[] = [];
  const targets = new WeakMap<object, Target>();
  const legacy: { schema: Record<string, unknown>; dialect: string; origin: Origin }[] = [];
  const unknownDialects = new Set<string>();
  let isDynamic = false;

  function run(): { files: string[]; diagnostics: Diagnostic[] } {
    if (typeof root.$self === 'string') identify(root.$self, document, []);
    if (is31 && typeof root.jsonSchemaDialect === 'string') checkDialect(root.jsonSchemaDialect, '/jsonSchemaDialect');
    visit(document, root, 'swagger' in root ? 'swagger' : 'openapi', undefined);
    for (let next = references.pop() ?? late.pop(); next; next = references.pop() ?? late.pop()) settle(next);
    for (const { schema, dialect, origin } of legacy) modernise(schema, dialect, origin, origins);
    if (isDynamic) linkDynamicReferences({ root, origins, source: description.source }, filesMember);
    return {
      files: [...files.values()].filter((file) => file !== document).map(({ source }) => source.file),
      diagnostics,
    };
  }

  function visit(file: File, value: unknown, kind: Kind, path: Path | undefined): void {
    walk(value, kind, path, seen, noting(file), including(file));
  }

  const noting = (file: File) => (object: JsonObject, kind: Kind, path: Path | undefined) =>
    note(file, object as Record<string, unknown>, kind, path);

  /**
   * Where OpenAPI has no references, what is referred to takes their place: nobody else would follow them. It is the same
   * value, not a copy.
   */
  const including =
    (file: File) =>
    ({ parent, member, kind, form, path }: Inclusion): void => {
      let at = { file, path };
      for (let hops = 0; hops < 8; hops++) {
        const value = parent[member];
        if (!isObject(value) || typeof value.$ref !== 'string') break;
        const reference = { holder: value as Record<string, unknown>, member: '$ref', text: value.$ref, kind, ...at };
        const found = resolve(reference, 0);
        if ('rule' in found) {
          refuse(reference, found);
          return;
        }
        parent[member] = valueAt(found.file.root, toPointer(found.keys));
        const origin = originOf(description, [...found.file.prefix, ...found.keys]);
        origins.set(parent, (origins.get(parent) ?? new Map()).set(member, origin));
        at = { file: found.file, path: pathOf(found.keys) as Path };
      }
      walkMember(parent[member], { kind, form }, at.path, seen, noting(at.file), including(at.file));
    };

  /** Notes what a referring object refers to, and what an identified one is called. */
  function note(file: File, object: Record<string, unknown>, kind: Kind, path: Path | undefined): void {
    const refer = (holder: Record<string, unknown>, member: string, text: string, at = path) =>
      (/^[a-z][a-z0-9+.-]*:/i.test(text) ? late : references).push({ holder, member, text, kind, file, path: at });
    if (typeof object.$ref === 'string') refer(object, '$ref', object.$ref);
    if (kind === 'example') takeExternalValue(file, object, path);
    if (kind !== 'schema') return;
    const keys = () => keysOf(path);
    if (typeof object.$id === 'string' && !object.$id.startsWith('#')) identify(object.$id, file, keys());
    if (typeof object.$dynamicRef === 'string' || typeof object.$recursiveRef === 'string') isDynamic = true;
    const mapping = isObject(object.discriminator) ? object.discriminator.mapping : undefined;
    if (isObject(mapping))
      for (const [name, value] of Object.entries(mapping))
        if (typeof value === 'string' && isUriReference(value))
          refer(mapping as Record<string, unknown>, name, value, {
            parent: { parent: path, key: 'discriminator' },
            key: 'mapping',
          });
    if (is31) noteDialect(file, object, keys);
  }

  function isUriReference(value: string): boolean {
    const { components } = root;
    const schemas = isObject(components) ? components.schemas : undefined;
    return (
      !(isObject(schemas) && Object.hasOwn(schemas, value)) && (/[/#]/.test(value) || /\.(?:json|ya?ml)$/i.test(value))
    );
  }

  function identify(id: string, file: File, keys: readonly string[]): void {
    const uri = toUri(id, scopeOf(file, keys.slice(0, -1)).base);
    if (uri !== undefined && !identified.has(uri)) identified.set(uri.replace(/#$/, ''), { file, keys });
  }

  function noteDialect(file: File, schema: Record<string, unknown>, keys: () => readonly string[]): void {
    if (!file.hasDialects && root.jsonSchemaDialect === undefined) return;
    const { dialect } = scopeOf(file, keys());
    if (dialect === undefined) return;
    if (typeof schema.$schema === 'string') checkDialect(dialect, toPointer([...file.prefix, ...keys(), '$schema']));
    if (isLegacyDialect(dialect))
      legacy.push({ schema, dialect, origin: originOf(description, [...file.prefix, ...keys()]) });
  }

  function checkDialect(dialect: string, pointer: string): void {
    if (knownDialect(dialect) || unknownDialects.has(dialect)) return;
    unknownDialects.add(dialect);
    diagnostics.push(
      diagnose(
        description,
        pointer,
        'warning',
        'unknown-dialect',
        `the JSON Schema dialect "${dialect}" is not known`,
        'its schemas are read as JSON Schema 2020-12',
      ),
    );
  }

  /** The base URI, the identified resource and the dialect that hold at a place of a file. */
  function scopeOf(file: File, keys: readonly string[]): { base: string; keys: readonly string[]; dialect?: string } {
    let base = file.uri;
    let resource: readonly string[] = [];
    let dialect = typeof root.jsonSchemaDialect === 'string' ? root.jsonSchemaDialect : undefined;
    let value: unknown = file.root;
    for (let depth = 0; ; depth++) {
      if (isObject(value)) {
        if (typeof value.$id === 'string' && !value.$id.startsWith('#')) {
          base = toUri(value.$id, base) ?? base;
          resource = keys.slice(0, depth);
        }
        if (typeof value.$schema === 'string') dialect = value.$schema;
      }
      const key = keys[depth];
      if (key === undefined) return { base, keys: resource, ...(dialect !== undefined && { dialect }) };
      value = (value as Record<string, unknown> | undefined)?.[key];
    }
  }

  function settle(reference: Reference): void {
    if (reference.file === document && !document.hasIdentifiers && reference.text.startsWith('#/')) {
      // Most references of most documents are pointers already.
      const pointer = decode(reference.text.slice(1)) ?? '';
      const value = valueAt(root, pointer);
      if (value !== undefined) {
        if (isObject(value) && !seen.has(value)) visit(document, value, reference.kind, pathOf(fromPointer(pointer)));
        return;
      }
    }
    const found = resolve(reference, 0);
    if ('rule' in found) {
      refuse(reference, found);
      return;
    }
    const { file, keys } = found;
    if (reference.member === '$ref') targets.set(reference.holder, found);
    const pointer = toPointer([...file.prefix, ...keys]);
    const text = `#${pointer.replaceAll('%', '%25')}`;
    // What is written differently, but leads to the same place in the document, stays as its author wrote it.
    if (file !== document || reference.file !== document || !pointsTo(reference.text, pointer))
      reference.holder[reference.member] = text;
    visit(file, valueAt(file.root, toPointer(keys)), reference.kind, pathOf(keys));
  }

  function refuse(reference: Reference, { rule, message, advice }: Refusal): void {
    const { file, path, member, kind } = reference;
    const pointer = toPointer([...file.prefix, ...keysOf(path), member]);
    // What needs leave is not passed over in silence, except that one path more or less is no reason to serve none.
    const severity = rule === 'unresolved-reference' || kind === 'pathItem' ? 'warning' : 'error';
    diagnostics.push(diagnose(description, pointer, severity, rule, message, advice));
  }

  function resolve({ text, file, path }: Pick<Reference, 'text' | 'file' | 'path'>, depth: number): Target | Refusal {
    const at = text.indexOf('#');
    const address = at === -1 ? text : text.slice(0, at);
    const fragment = at === -1 ? '' : text.slice(at + 1);
    const scope = scopeOf(file, keysOf(path));
    const resources = address === '' ? [{ file, keys: scope.keys }] : openAt(address, [scope.base, file.uri]);
    if ('rule' in resources) return resources;
    // A schema with an `$id` is often still referred from by pointers into the file around it.
    for (const resource of resources)
      for (const start of [resource.keys, []]) {
        const found = find({ file: resource.file, keys: start }, fragment, depth);
        if (found) return found;
      }
    return unresolved(`"${text}" leads nowhere`, 'correct the reference, or add what it names');
  }

  function openAt(address: string, bases: readonly string[]): Target[] | Refusal {
    const uris = [...new Set(bases.flatMap((base) => toUri(address, base) ?? []))];
    for (const uri of uris) {
      const known = identified.get(uri);
      if (known) return [known];
    }
    let refusal = unresolved(`"${address}" is no URI reference`, 'correct it');
    for (const uri of uris.reverse()) {
      const file = open(uri);
      if (!('rule' in file)) return [{ file, keys: [] }];
      refusal = file;
    }
    return refusal;
  }

  function open(uri: string): File | Refusal {
    const known = files.get(uri);
    if (known) return known;
    const source = library.read(uri);
    if ('rule' in source) return source;
    root[filesMember] ??= {};
    const embedded = root[filesMember] as Record<string, unknown>;
    const name = nameFor(uri, embedded);
    embedded[name] = source.value;
    const places = origins.get(embedded) ?? new Map();
    origins.set(embedded, places.set(name, { source, keys: [] }));
    const file: File = { uri, root: source.value, prefix: [filesMember, name], ...textOf(source) };
    files.set(uri, file);
    diagnostics.push(...source.warnings);
    if (isObject(source.value))
      for (const id of [source.value.$id, source.value.$self]) if (typeof id === 'string') identify(id, file, []);
    return file;
  }

  function find(start: Target, fragment: string, depth: number): Target | undefined {
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
        hops < 8 && isObject(value) && !Object.hasOwn(value, key) && typeof value.$ref === 'string';
        hops++
      ) {
        if (depth > 8) return undefined;
        const next =
          targets.get(value) ?? resolve({ text: value.$ref, file: at.file, path: pathOf(at.keys) }, depth + 1);
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

  function takeExternalValue(file: File, example: Record<string, unknown>, path: Path | undefined): void {
    const { externalValue } = example;
    if (externalValue === undefined || 'value' in example) return;
    const found = readExternalValue(externalValue, file.uri, path, library);
    if ('rule' in found) {
      const pointer = toPointer([...file.prefix, ...keysOf(path), 'externalValue']);
      const advice = `${found.advice}; until then the example is left out`;
      diagnostics.push(diagnose(description, pointer, 'warning', 'unresolved-external-value', found.message, advice));
      return;
    }
    example.value = found.value;
    origins.set(example, (origins.get(example) ?? new Map()).set('value', { source: found, keys: [] }));
  }

  return run;
}

const textOf = (source: Source) => ({
  source,
  hasDialects: otherDialect.test(source.text),
  hasIdentifiers: source.text.includes('$id') || source.text.includes('\\u0024'),
});

/** `file:///a/schemas/User.yaml` is known as `User`; what is taken gets a number. */
function nameFor(uri: string, taken: JsonObject): string {
  const file = decode(new URL(uri).pathname) ?? '';
  const stem = basename(file, extname(file)).replace(/[^\w.-]+/g, '-') || 'file';
  let name = stem;
  for (let count = 2; name in taken; count++) name = `${stem}-${count}`;
  return name;
}

const pointsTo = (reference: string, pointer: string) =>
  reference.startsWith('#') && decode(reference.slice(1)) === pointer;

function pathOf(keys: readonly string[]): Path | undefined {
  return keys.reduce<Path | undefined>((parent, key) => ({ parent, key }), undefined);
}
