import { DocumentError, isObject, pointerOf, valueAt } from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import { nameOfKind } from '../grammar.js';
import type { CheckRule, Finding } from '../rule.js';

function next(document: CheckedDocument, $ref: string): string | undefined {
  const target = $ref.startsWith('#') ? pointerOf($ref) : undefined;
  return target !== undefined && valueAt(document.description.root, target) !== undefined ? target : undefined;
}

/** Whether a chain of `$ref`s with nothing else on the way comes back to where it was. */
function goesRound(document: CheckedDocument, $ref: string): boolean {
  const seen = new Set<string>();
  for (let current: string | undefined = $ref; current !== undefined; ) {
    const target = next(document, current);
    if (target === undefined) return false;
    if (seen.has(target)) return true;
    seen.add(target);
    const value = valueAt(document.description.root, target);
    current = isObject(value) && typeof value.$ref === 'string' ? value.$ref : undefined;
  }
  return false;
}

/** Keywords whose schemas are about the same value as the schema around them. */
const inPlace = ['allOf', 'anyOf', 'oneOf'];

/** Schemas that must be decided for the one at a pointer to be decided. */
function partsOf(document: CheckedDocument, value: unknown, pointer: string): string[] {
  if (!isObject(value)) return [];
  const target = typeof value.$ref === 'string' ? next(document, value.$ref) : undefined;
  const members = inPlace.flatMap((keyword) =>
    (Array.isArray(value[keyword]) ? (value[keyword] as unknown[]) : []).map(
      (_, index) => `${pointer}/${keyword}/${index}`,
    ),
  );
  return [...(target === undefined ? [] : [target]), ...members];
}

function* containingThemselves(document: CheckedDocument): Iterable<Finding> {
  const { root } = document.description;
  const done = new Set<string>();
  for (const { pointer } of document.parts.of('Schema')) {
    const path: string[] = [];
    const circle = search(pointer, path);
    if (circle) {
      yield {
        pointer: circle,
        message:
          'this schema is part of itself by `$ref`, `allOf`, `anyOf` or `oneOf`: to decide it, it must be decided first',
      };
    }
  }

  function search(pointer: string, path: string[]): string | undefined {
    if (path.includes(pointer)) return path[path.indexOf(pointer)];
    if (done.has(pointer)) return undefined;
    done.add(pointer);
    for (const target of partsOf(document, valueAt(root, pointer), pointer)) {
      const circle = search(target, [...path, pointer]);
      if (circle !== undefined) return circle;
    }
    return undefined;
  }
}

export const references: readonly CheckRule[] = [
  {
    id: 'unresolved-reference',
    severity: 'error',
    finds: 'A `$ref` that leads nowhere.',
    advice: 'correct the reference, or add what it names',
    *examine({ parts, ...document }) {
      for (const { target, pointer, $ref, kind } of parts.references) {
        if (!(target instanceof DocumentError) || goesRound({ parts, ...document }, $ref)) continue;
        const [first] = target.diagnostics;
        // Loading has told of it by another name.
        if (first && first.rule !== 'unresolved-reference') continue;
        yield {
          pointer: `${pointer}/$ref`,
          message: first?.message ?? `"${$ref}" leads nowhere; ${nameOfKind(kind)} is expected there`,
          ...(first?.advice && { advice: first.advice }),
        };
      }
    },
  },
  {
    id: 'circular-reference',
    severity: 'error',
    finds:
      '`$ref`s that lead round in a circle without ever coming to an object, or a schema that is part of itself by `$ref`, `allOf`, `anyOf` and `oneOf` alone, so that validators never come to an end.',
    advice: 'break the circle',
    *examine(document) {
      for (const { pointer, $ref } of document.parts.references)
        if (goesRound(document, $ref))
          yield { pointer: `${pointer}/$ref`, message: `"${$ref}" leads back to itself, with nothing on the way` };
      yield* containingThemselves(document);
    },
  },
  {
    id: 'reference-siblings',
    severity: 'note',
    finds:
      'OpenAPI 3.0: keywords beside a `$ref`, which are ignored there. `summary`, `description` and annotations are not told of.',
    advice: 'wrap the reference in `allOf: [{$ref: …}]`, or write OpenAPI 3.1',
    *examine({ is30, parts }) {
      if (!is30) return;
      for (const { pointer, value, kind } of parts.references) {
        if (kind !== 'Schema') continue;
        const ignored = Object.keys(value).filter(
          (name) =>
            !/^(?:\$ref|x-.*|summary|description|title|example|examples|externalDocs|deprecated|xml)$/.test(name),
        );
        if (ignored.length > 0)
          yield {
            pointer,
            message: `${quoted(ignored)} beside the $ref ${ignored.length > 1 ? 'are' : 'is'} ignored in OpenAPI 3.0`,
          };
      }
    },
  },
];

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
