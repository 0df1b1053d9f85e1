import { isObject, isSwagger } from '../../../documents/index.js';
import type { CheckRule } from '../rule.js';

/** OpenAPI 3.2 §4.12.5, and what earlier versions have of it. */
const styles: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
  querystring: [],
};

export const parameters: readonly CheckRule[] = [
  {
    id: 'parameter-invalid',
    severity: 'error',
    finds:
      'A parameter whose `in` is not path, query, header or cookie (3.2: or querystring), or one that has both a `schema` and `content`, neither of them, or several media types.',
    advice: 'give it a schema, or content of one media type',
    *examine({ parts }) {
      for (const { kind, value, pointer } of [...parts.of('Parameter'), ...parts.of('Header')]) {
        if (kind === 'Parameter' && typeof value.in === 'string' && !Object.hasOwn(styles, value.in))
          yield {
            pointer: `${pointer}/in`,
            message: `a parameter can't be in "${value.in}"`,
            advice: 'write path, query, header or cookie; a body is described by `requestBody`',
          };
        const label = kind === 'Header' ? 'this header' : `the parameter "${value.name}"`;
        if (value.schema !== undefined && value.content !== undefined)
          yield { pointer, message: `${label} has both a schema and content` };
        else if (value.schema === undefined && value.content === undefined)
          yield { pointer, message: `${label} has neither a schema nor content` };
        else if (isObject(value.content) && Object.keys(value.content).length !== 1)
          yield {
            pointer: `${pointer}/content`,
            message: `${label} has ${Object.keys(value.content).length} media types`,
          };
      }
    },
  },
  {
    id: 'parameter-repeated',
    severity: 'error',
    finds: 'Two parameters of one list with the same `name` and `in`.',
    advice: 'remove one',
    *examine({ endpoints }) {
      const lists = new Map(
        endpoints.flatMap(({ pathPointer, pointer, pathParameters, operationParameters }) => [
          [`${pathPointer}/parameters`, pathParameters] as const,
          [`${pointer}/parameters`, operationParameters] as const,
        ]),
      );
      for (const list of lists.values()) {
        const seen = new Set<string>();
        for (const { value, at } of list) {
          const { name } = value;
          const key = `${value.in} ${value.in === 'header' ? String(name).toLowerCase() : name}`;
          if (seen.has(key))
            yield { pointer: at, message: `the ${value.in} parameter "${name}" stands twice in this list` };
          seen.add(key);
        }
      }
    },
  },
  {
    id: 'path-parameter-optional',
    severity: 'error',
    finds: 'A path parameter without `required: true`.',
    advice: 'add `required: true`: a path without it is another path',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Parameter'))
        if (value.in === 'path' && value.required !== true)
          yield { pointer, message: `the path parameter "${value.name}" is not \`required: true\`` };
    },
  },
  {
    id: 'style-invalid',
    severity: 'error',
    finds: 'A `style` that the place of the parameter does not allow.',
    advice: 'use one that it allows, or leave it out',
    *examine({ parts, description }) {
      // The `collectionFormat` of OpenAPI 2.0 is for any place.
      if (isSwagger(description)) return;
      for (const { kind, value, pointer } of [...parts.of('Parameter'), ...parts.of('Header')]) {
        const place = kind === 'Header' ? 'header' : String(value.in);
        const allowed = styles[place];
        if (typeof value.style === 'string' && allowed && !allowed.includes(value.style))
          yield {
            pointer: `${pointer}/style`,
            message:
              `the style "${value.style}" is not for a ${place} ${kind === 'Header' ? '' : 'parameter'}`.trimEnd(),
            ...(allowed.length > 0 && { advice: `use ${allowed.join(', ')}` }),
          };
      }
    },
  },
];
