import { toPointer } from '../../../documents/index.js';
import { typesOf } from '../../schema/index.js';
import type { CheckedDocument } from '../checked-document.js';
import { type DeclaredParameter, type Endpoint, templateNames } from '../endpoints.js';
import { readSerialized } from '../read-serialized.js';
import type { CheckRule } from '../rule.js';

/** What a template matches: all of these have the same (OpenAPI 3.1.1 §4.8.8). */
export const shapeOf = (path: string) => path.replace(/\{[^{}]*\}/g, '{}');

const isPathParameter = ({ value }: DeclaredParameter) => value.in === 'path' && typeof value.name === 'string';

function byPath(endpoints: readonly Endpoint[]): Map<string, Endpoint[]> {
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) groups.set(endpoint.path, [...(groups.get(endpoint.path) ?? []), endpoint]);
  return groups;
}

export const paths: readonly CheckRule[] = [
  {
    id: 'path-invalid',
    severity: 'error',
    finds:
      'A path that does not start with a slash, has braces that do not match, or names a parameter twice or not at all.',
    advice: 'write it as /segment/{parameter}',
    *examine({ parts }) {
      for (const { value } of parts.of('Paths')) {
        for (const path of Object.keys(value)) {
          if (path.startsWith('x-')) continue;
          const pointer = toPointer(['paths', path]);
          const names = templateNames(path);
          const repeated = names.find((name, index) => names.indexOf(name) < index);
          if (!path.startsWith('/')) yield { pointer, message: `"${path}" does not start with a slash` };
          if (/[{}]/.test(path.replace(/\{[^{}]*\}/g, '')))
            yield { pointer, message: `the braces of "${path}" don't match` };
          if (names.includes('')) yield { pointer, message: `"${path}" has a parameter without a name` };
          else if (repeated !== undefined)
            yield { pointer, message: `"${path}" has the parameter "${repeated}" twice` };
        }
      }
    },
  },
  {
    id: 'path-with-query',
    severity: 'note',
    finds:
      'A path with a `?` or a `#`: by OpenAPI a path has neither a query nor a fragment, and a fragment is never sent.',
    advice: 'describe queries by parameters',
    *examine({ parts }) {
      for (const { value } of parts.of('Paths'))
        for (const path of Object.keys(value))
          if (/^\/[^?#]*[?#]/.test(path))
            yield {
              pointer: toPointer(['paths', path]),
              message: `"${path}" has ${path.includes('?') ? 'a query' : 'a fragment'}`,
            };
    },
  },
  {
    id: 'equal-templates',
    severity: 'error',
    finds: 'Two paths that differ only in the names of their parameters: `/a/{x}` and `/a/{y}`.',
    advice: 'make one path of the two',
    *examine({ parts }) {
      for (const { value } of parts.of('Paths')) {
        const first = new Map<string, string>();
        for (const path of Object.keys(value)) {
          if (!path.startsWith('/')) continue;
          const known = first.get(shapeOf(path));
          if (known === undefined) first.set(shapeOf(path), path);
          else yield { pointer: toPointer(['paths', path]), message: `"${path}" is the same as "${known}"` };
        }
      }
    },
  },
  {
    id: 'ambiguous-paths',
    severity: 'note',
    finds:
      'Two paths with a method in common that match some request alike, neither being more concrete: `/{entity}/me` and `/books/{id}`. OpenAPI leaves open which is meant.',
    advice: 'tell them apart by a concrete segment',
    *examine(document) {
      const groups = [...byPath(document.endpoints)].map(([path, members]) => ({
        path,
        pointer: members[0]?.pathPointer ?? '',
        segments: shapeOf(path).split('/').slice(1),
        methods: new Map(members.map((endpoint) => [endpoint.method, endpoint])),
      }));
      for (const [index, later] of groups.entries()) {
        const earlier = groups.slice(0, index).find(
          ({ segments, methods }) =>
            segments.length === later.segments.length &&
            isAmbiguous(segments, later.segments) &&
            [...methods].some(([method, one]) => {
              const other = later.methods.get(method);
              return other !== undefined && takes(document, one, other) && takes(document, other, one);
            }),
        );
        if (earlier)
          yield { pointer: later.pointer, message: `"${later.path}" and "${earlier.path}" match the same request` };
      }
    },
  },
  {
    id: 'path-parameter-undeclared',
    severity: 'error',
    finds: 'A parameter in a path that no `in: path` parameter of the path item or operation describes.',
    advice: 'add a parameter of this name with `in: path` and `required: true`',
    *examine({ endpoints }) {
      for (const { path, method, pointer, pathParameters, operationParameters } of endpoints) {
        const declared = new Set(
          [...pathParameters, ...operationParameters].filter(isPathParameter).map(({ value }) => value.name),
        );
        for (const name of new Set(templateNames(path)))
          if (name !== '' && !declared.has(name))
            yield { pointer, message: `${method} ${path} does not describe its path parameter "${name}"` };
      }
    },
  },
  {
    id: 'path-parameter-unused',
    severity: 'error',
    finds: 'A parameter with `in: path` whose name the path lacks.',
    advice: 'correct the name, in the parameter or the path, or remove the parameter',
    *examine({ endpoints }) {
      for (const { path, pathParameters, operationParameters } of endpoints) {
        const names = templateNames(path);
        for (const { value, at } of [...pathParameters, ...operationParameters].filter(isPathParameter))
          if (!names.includes(value.name as string))
            yield { pointer: at, message: `the path "${path}" has no parameter "${value.name}"` };
      }
    },
  },
];

/** Whether some path matches both, and each has a concrete segment where the other has none. */
function isAmbiguous(left: readonly string[], right: readonly string[]): boolean {
  let leftWins = false;
  let rightWins = false;
  for (const [index, segment] of left.entries()) {
    const other = right[index] as string;
    if (segment === other) continue;
    if (other === '{}' && !segment.includes('{}')) leftWins = true;
    else if (segment === '{}' && !other.includes('{}')) rightWins = true;
    else return false;
  }
  return leftWins && rightWins;
}

/** Whether the parameters of one path may have the values that the concrete segments of the other give them. */
function takes(document: CheckedDocument, one: Endpoint, other: Endpoint): boolean {
  const segments = other.path.split('/');
  return one.path.split('/').every((segment, index) => {
    const text = segments[index] as string;
    const name = /^\{([^{}]*)\}$/.exec(segment)?.[1];
    if (name === undefined || text.includes('{')) return true;
    const declared = [...one.operationParameters, ...one.pathParameters].find(
      ({ value }) => value.in === 'path' && value.name === name,
    );
    if (declared?.value.schema === undefined) return true;
    const { schema } = declared.value;
    const at = `${declared.pointer}/schema`;
    const types = typesOf(document.description, { schema, pointer: at });
    const value = readSerialized(text, types, declared.value)?.value ?? text;
    try {
      return document.validators.of(schema, at, 'request').check(value);
    } catch {
      return true;
    }
  });
}
