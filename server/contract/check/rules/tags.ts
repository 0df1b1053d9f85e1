import { isObject } from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import type { CheckRule } from '../rule.js';

function declaredTags({ description }: CheckedDocument): string[] {
  const { tags } = description.root;
  return Array.isArray(tags) ? tags.flatMap((tag) => (isObject(tag) ? [String(tag.name)] : [])) : [];
}

export const tags: readonly CheckRule[] = [
  {
    id: 'tag-undeclared',
    severity: 'note',
    finds: 'A tag of operations that `tags` does not declare, where it declares some. Told once a tag.',
    advice: 'declare it in `tags`, or correct its name',
    *examine(document) {
      const known = new Set(declaredTags(document));
      if (known.size === 0) return;
      for (const { value, pointer } of document.parts.of('Operation')) {
        for (const [index, tag] of (Array.isArray(value.tags) ? value.tags : []).entries()) {
          if (known.has(String(tag))) continue;
          known.add(String(tag));
          yield { pointer: `${pointer}/tags/${index}`, message: `the tag "${tag}" is not declared` };
        }
      }
    },
  },
  {
    id: 'tag-repeated',
    severity: 'error',
    finds: 'Two declarations of one tag.',
    advice: 'make one of them',
    *examine(document) {
      const names = declaredTags(document);
      for (const [index, name] of names.entries())
        if (names.indexOf(name) < index)
          yield { pointer: `/tags/${index}`, message: `the tag "${name}" is declared already` };
    },
  },
  {
    id: 'tag-parent',
    severity: 'error',
    finds: 'OpenAPI 3.2: a tag whose `parent` is no tag.',
    advice: 'declare it in `tags`, or correct its name',
    *examine(document) {
      const names = declaredTags(document);
      for (const { value, pointer } of document.parts.of('Tag'))
        if (typeof value.parent === 'string' && !names.includes(value.parent))
          yield { pointer: `${pointer}/parent`, message: `the tag "${value.parent}" is not declared` };
    },
  },
];
