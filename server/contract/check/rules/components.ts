import { isObject, toPointer } from '../../../documents/index.js';
import type { CheckRule } from '../rule.js';
import { usedComponents } from '../used-components.js';

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
