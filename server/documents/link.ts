import { diagnose, originOf } from './description.js';
import type { Diagnostic } from './diagnostic.js';
import { linkDynamicReferences } from './dynamic-reference.js';
import { readExternalValue } from './external-value.js';
import { createTargetFinder, pathOf, type Referring } from './find-target.js';
import { isObject, type JsonObject } from './json.js';
import type { Library, Refusal } from './library.js';
import { createLinkedFiles, type File, filesMember, type Linkable } from './linked-files.js';
import { type Inclusion, type Kind, keysOf, type Path, walk, walkMember } from './object-model.js';
import { fromPointer, toPointer, valueAt } from './pointer.js';
import { createSchemaDialects } from './schema-dialects.js';
import type { Source } from './source.js';
import { decode } from './uri.js';

/** What an anchor, an identifier or another file may be mentioned by; a document without any has nothing to link. */
const mentions =
  /\$(?:ref["']?\s*:(?!\s*(?:["']?#\/|\{))|(?:id|anchor|schema|self|dynamicRef|recursiveRef)["']?\s*:(?!\s*\{))|externalValue|jsonSchemaDialect|mapping["']?\s*:|\\u0024/;

interface Reference extends Referring {
  readonly holder: Record<string, unknown>;
  readonly member: string;
  readonly kind: Kind;
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
  const diagnostics: Diagnostic[] = [];
  const files = createLinkedFiles(description, library, diagnostics);
  const { document } = files;
  const targets = createTargetFinder(files);
  const dialects = createSchemaDialects(description, diagnostics);
  const seen = new WeakSet<object>();
  const references: Reference[] = [];
  const late: Reference[] = [];
  let isDynamic = false;

  function run(): { files: string[]; diagnostics: Diagnostic[] } {
    if (typeof root.$self === 'string') targets.identify(root.$self, document, []);
    visit(document, root, description.version === '2.0' ? 'swagger' : 'openapi', undefined);
    for (let next = references.pop() ?? late.pop(); next; next = references.pop() ?? late.pop()) settle(next);
    dialects.modernise();
    if (isDynamic) linkDynamicReferences({ root, origins, source: description.source }, filesMember);
    return { files: files.opened(), diagnostics };
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
        const found = targets.find(reference);
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
    if (typeof object.$id === 'string' && !object.$id.startsWith('#')) targets.identify(object.$id, file, keys());
    if (typeof object.$dynamicRef === 'string' || typeof object.$recursiveRef === 'string') isDynamic = true;
    const mapping = isObject(object.discriminator) ? object.discriminator.mapping : undefined;
    if (isObject(mapping))
      for (const [name, value] of Object.entries(mapping))
        if (typeof value === 'string' && isUriReference(value))
          refer(mapping as Record<string, unknown>, name, value, {
            parent: { parent: path, key: 'discriminator' },
            key: 'mapping',
          });
    dialects.note(file, object, keys);
  }

  function isUriReference(value: string): boolean {
    const { components } = root;
    const schemas = isObject(components) ? components.schemas : undefined;
    return (
      !(isObject(schemas) && Object.hasOwn(schemas, value)) && (/[/#]/.test(value) || /\.(?:json|ya?ml)$/i.test(value))
    );
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
    const found = targets.find(reference);
    if ('rule' in found) {
      refuse(reference, found);
      return;
    }
    const { file, keys } = found;
    if (reference.member === '$ref') targets.settle(reference.holder, found);
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

  function takeExternalValue(file: File, example: Record<string, unknown>, path: Path | undefined): void {
    const { externalValue } = example;
    if (externalValue === undefined || 'value' in example) return;
    const found = readExternalValue(externalValue, file.uri, path, library);
    if ('rule' in found) {
      const pointer = toPointer([...file.prefix, ...keysOf(path), 'externalValue']);
      const { rule, message } = found;
      const [severity, advice] =
        rule === 'example-binary'
          ? (['note', found.advice] as const)
          : (['warning', `${found.advice}; until then the example is left out`] as const);
      diagnostics.push(diagnose(description, pointer, severity, rule, message, advice));
      return;
    }
    example.value = found.value;
    origins.set(example, (origins.get(example) ?? new Map()).set('value', { source: found, keys: [] }));
  }

  return run;
}

const pointsTo = (reference: string, pointer: string) =>
  reference.startsWith('#') && decode(reference.slice(1)) === pointer;
