import {
  type Diagnostic,
  DocumentError,
  describeValue,
  isObject,
  locate,
  pointerOf,
  valueAt,
} from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import { nameOfKind } from '../grammar.js';
import type { CheckRule, Finding } from '../rule.js';

function next(document: CheckedDocument, $ref: string): string | undefined {
  const target = $ref.startsWith('#') ? pointerOf($ref) : undefined;
  return target !== undefined && valueAt(document.description.root, target) !== undefined ? target : undefined;
}

/** The circle of pointers that a chain of `$ref`s comes to, with nothing else on the way; `undefined` where it ends. */
function circleFrom(document: CheckedDocument, $ref: string): readonly string[] | undefined {
  const passed: string[] = [];
  for (let current: string | undefined = $ref; current !== undefined; ) {
    const target = next(document, current);
    if (target === undefined) return undefined;
    if (passed.includes(target)) return passed.slice(passed.indexOf(target));
    passed.push(target);
    const value = valueAt(document.description.root, target);
    current = isObject(value) && typeof value.$ref === 'string' ? value.$ref : undefined;
  }
  return undefined;
}

/** Each circle once: at the first of its own references that is part of the document, else where one leads into it. */
function* circles(document: CheckedDocument): Iterable<Finding> {
  const found = new Map<string, { readonly pointer: string; readonly isOfCircle: boolean }>();
  for (const { pointer, $ref } of document.parts.references) {
    const circle = circleFrom(document, $ref);
    if (!circle) continue;
    const key = [...circle].sort()[0] as string;
    const known = found.get(key);
    const isOfCircle = circle.includes(pointer);
    if (!known || (isOfCircle && !known.isOfCircle)) found.set(key, { pointer, isOfCircle });
  }
  for (const { pointer, isOfCircle } of found.values())
    yield {
      pointer: `${pointer}/$ref`,
      message: `this reference leads ${isOfCircle ? 'back to itself' : 'into a circle of references'}, with nothing on the way`,
    };
}

/** What loading has said of a reference. OpenAPI 2.0 is converted after that, and what it says stands elsewhere by then. */
function toldByLoading({ description }: CheckedDocument, pointer: string): Diagnostic | undefined {
  const exact = description.diagnostics.find((diagnostic) => diagnostic.pointer === pointer);
  if (exact) return exact;
  const { file, line, column } = locate(description, pointer);
  return description.diagnostics.find(
    ({ rule, place }) =>
      rule === 'unresolved-reference' && place.file === file && place.line === line && place.column === column,
  );
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
    const start = circle === undefined ? undefined : valueAt(root, circle);
    const isOfReferences = isObject(start) && typeof start.$ref === 'string' && circleFrom(document, start.$ref);
    if (circle !== undefined && !isOfReferences) {
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
    finds: 'A `$ref` that leads nowhere, is no string, or names the whole document.',
    advice: 'correct the reference, or add what it names',
    *examine(document) {
      const { parts } = document;
      for (const { target, pointer, $ref, kind } of parts.references) {
        const at = `${pointer}/$ref`;
        if (target instanceof DocumentError) {
          if (circleFrom(document, $ref)) continue;
          const first = toldByLoading(document, at) ?? target.diagnostics[0];
          // Loading has told of it by another name.
          if (first && first.rule !== 'unresolved-reference') continue;
          yield {
            pointer: at,
            message: first?.message ?? `"${$ref}" leads nowhere; ${nameOfKind(kind)} is expected there`,
            ...(first?.advice && { advice: first.advice }),
          };
        } else if (target.value === document.description.root) {
          yield { pointer: at, message: `"${$ref}" is the whole document, where ${nameOfKind(kind)} is expected` };
        }
      }
      for (const { value, pointer } of parts.all)
        if (value.$ref !== undefined && typeof value.$ref !== 'string')
          yield { pointer: `${pointer}/$ref`, message: `expected a URI reference, found ${describeValue(value.$ref)}` };
    },
  },
  {
    id: 'reference-kind',
    severity: 'error',
    finds:
      'A `$ref` to an object of another kind than is expected in its place: to a response where a schema should be.',
    advice: 'refer to one of the kind that is expected',
    *examine({ parts }) {
      for (const { target, pointer, $ref, kind } of parts.references) {
        const found = target instanceof DocumentError ? undefined : parts.at(target.pointer)?.kind;
        if (found !== undefined && found !== kind && found !== 'Document')
          yield {
            pointer: `${pointer}/$ref`,
            message: `"${$ref}" is ${nameOfKind(found)}, where ${nameOfKind(kind)} is expected`,
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
      yield* circles(document);
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
