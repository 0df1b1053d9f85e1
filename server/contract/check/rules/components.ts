import { DocumentError, isObject, pointerOf, toPointer } from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import type { CheckRule } from '../rule.js';
import { mappingTarget } from './discriminators.js';

/** `/components/schemas/User/properties/id` → `/components/schemas/User` */
function componentOf(pointer: string): string | undefined {
  return /^\/components\/[^/]+\/[^/]+/.exec(pointer)?.[0];
}

function usedComponents(document: CheckedDocument): Set<string> {
  const { parts } = document;
  const used = new Set<string>();
  const use = (target: string | undefined, from: string) => {
    const component = target === undefined ? undefined : componentOf(target);
    if (component !== undefined && component !== componentOf(from)) used.add(component);
  };
  for (const { $ref, target, pointer, kind } of parts.references) {
    if ($ref.startsWith('#')) use(pointerOf($ref), pointer);
    if (!(target instanceof DocumentError)) use(target.pointer, pointer);
    // What has a base with a discriminator can stand wherever the base does.
    if (
      kind === 'Schema' &&
      /\/allOf\/\d+$/.test(pointer) &&
      !(target instanceof DocumentError) &&
      isObject(target.value) &&
      'discriminator' in target.value
    )
      use(componentOf(pointer), '');
  }
  for (const { value, pointer } of parts.of('Discriminator'))
    for (const name of [...Object.values(isObject(value.mapping) ? value.mapping : {}), value.defaultMapping])
      if (typeof name === 'string') use(mappingTarget(document, name, pointer), pointer);
  for (const { value } of parts.of('SecurityRequirement'))
    for (const name of Object.keys(value)) used.add(toPointer(['components', 'securitySchemes', name]));
  return used;
}

export const components: readonly CheckRule[] = [
  {
    id: 'component-unused',
    severity: 'note',
    finds: 'A component that nothing refers to. Not told of documents that are nothing but components.',
    advice: 'remove it, or use it',
    *examine(document) {
      const { parts, description } = document;
      if (parts.of('Operation').length === 0) return;
      const used = usedComponents(document);
      const { components: all } = description.root;
      for (const [family, members] of Object.entries(isObject(all) ? all : {})) {
        if (family.startsWith('x-')) continue;
        for (const name of Object.keys(isObject(members) ? members : {})) {
          const pointer = toPointer(['components', family, name]);
          if (!used.has(pointer)) yield { pointer, message: `nothing refers to "${name}" in ${family}` };
        }
      }
    },
  },
  {
    id: 'component-name-invalid',
    severity: 'error',
    finds: 'A name of a component with other characters than letters, digits, `.`, `_` and `-`.',
    advice: 'rename it, and what refers to it',
    *examine({ description }) {
      const { components: all } = description.root;
      for (const [family, members] of Object.entries(isObject(all) ? all : {})) {
        if (family.startsWith('x-')) continue;
        for (const name of Object.keys(isObject(members) ? members : {}))
          if (!/^[A-Za-z0-9._-]+$/.test(name))
            yield { pointer: toPointer(['components', family, name]), message: `"${name}" is no name for a component` };
      }
    },
  },
];
