import { DocumentError, isObject, type JsonObject, pointerOf, toPointer } from '../../documents/index.js';
import type { CheckedDocument } from './checked-document.js';
import { mappingTarget } from './mapping-target.js';

/** `/components/schemas/User/properties/id` → `/components/schemas/User` */
function componentOf(pointer: string | undefined): string | undefined {
  return pointer === undefined ? undefined : /^\/components\/[^/]+\/[^/]+/.exec(pointer)?.[0];
}

/** The pointers of the components that anything but themselves leads to, in any way. */
export function usedComponents(document: CheckedDocument): ReadonlySet<string> {
  const used = new Set<string>();
  const use = (target: string | undefined, from: string) => {
    const component = componentOf(target);
    if (component !== undefined && component !== componentOf(from)) used.add(component);
  };
  for (const { target, pointer } of document.parts.references)
    if (!(target instanceof DocumentError)) use(target.pointer, pointer);
  useMentioned(document, use);
  useNamed(document, use);
  useDerived(document, use);
  return used;
}

type Use = (target: string | undefined, from: string) => void;

/** References wherever they stand, be it in extensions; and what was copied to where it is, by overlays or linking. */
function useMentioned({ description: { root, origins, source } }: CheckedDocument, use: Use): void {
  const seen = new Set<object>();
  const visit = (value: unknown, pointer: string) => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const origin of origins.get(value)?.values() ?? [])
      if (origin.source === source) use(toPointer(origin.keys), pointer);
    if (isObject(value))
      for (const reference of [value.$ref, value.$dynamicRef, value.operationRef])
        if (typeof reference === 'string' && reference.startsWith('#')) use(pointerOf(reference), pointer);
    for (const [key, member] of Object.entries(value)) visit(member, `${pointer}${toPointer([key])}`);
  };
  visit(root, '');
}

/** What is referred to by name: by `mapping`, and by security requirements (OpenAPI 3.2 §4.30.1: also by URI). */
function useNamed(document: CheckedDocument, use: Use): void {
  const { parts } = document;
  for (const { value, pointer } of parts.of('Discriminator'))
    for (const name of [...Object.values(isObject(value.mapping) ? value.mapping : {}), value.defaultMapping])
      if (typeof name === 'string') use(mappingTarget(document, name, pointer), pointer);
  for (const { value, pointer } of parts.of('SecurityRequirement'))
    for (const name of Object.keys(value)) {
      use(toPointer(['components', 'securitySchemes', name]), pointer);
      if (name.startsWith('#')) use(pointerOf(name), pointer);
    }
}

/** What extends a base with a discriminator, at any remove, can stand wherever the base does. */
function useDerived(document: CheckedDocument, use: Use): void {
  const { components } = document.description.root;
  const schemas = isObject(components) && isObject(components.schemas) ? components.schemas : {};
  const isBase = new Map<string, boolean>();
  const choosesBelow = (pointer: string, schema: JsonObject): boolean => {
    const known = isBase.get(pointer);
    if (known !== undefined) return known;
    isBase.set(pointer, false);
    const found = 'discriminator' in schema || basesOf(pointer, schema);
    isBase.set(pointer, found);
    return found;
  };
  const basesOf = (pointer: string, schema: JsonObject): boolean =>
    (Array.isArray(schema.allOf) ? schema.allOf : []).some((member, index) => {
      const base = document.follow(member, `${pointer}/allOf/${index}`);
      return base !== undefined && choosesBelow(base.pointer, base.value);
    });
  for (const [name, schema] of Object.entries(schemas)) {
    const pointer = toPointer(['components', 'schemas', name]);
    if (isObject(schema) && basesOf(pointer, schema)) use(pointer, '');
  }
}
