import { isObject, toPointer } from '../../../documents/index.js';
import { templateNames } from '../endpoints.js';
import type { CheckRule } from '../rule.js';

export const servers: readonly CheckRule[] = [
  {
    id: 'server-variable-undeclared',
    severity: 'error',
    finds: 'A variable in the URL of a server that `variables` does not describe.',
    advice: 'add it to `variables`, with a default',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Server')) {
        const variables = isObject(value.variables) ? value.variables : {};
        for (const name of new Set(templateNames(String(value.url))))
          if (!Object.hasOwn(variables, name))
            yield { pointer: `${pointer}/url`, message: `the variable "${name}" is not described` };
      }
    },
  },
  {
    id: 'server-variable-unused',
    severity: 'note',
    finds: 'A server variable that the URL does not use.',
    advice: 'use it, or remove it',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Server'))
        for (const name of Object.keys(isObject(value.variables) ? value.variables : {}))
          if (!templateNames(String(value.url)).includes(name))
            yield {
              pointer: `${pointer}${toPointer(['variables', name])}`,
              message: `the URL has no variable "${name}"`,
            };
    },
  },
  {
    id: 'server-variable-default',
    severity: 'error',
    finds: 'A server variable whose default is not among the values of its `enum`, or whose `enum` is empty.',
    advice: 'add the default to the `enum`, or choose another',
    *examine({ parts }) {
      for (const { value, pointer, key } of parts.of('ServerVariable')) {
        if (!Array.isArray(value.enum)) continue;
        if (value.enum.length === 0)
          yield { pointer: `${pointer}/enum`, message: `the variable "${key}" has no value to choose from` };
        else if (value.default !== undefined && !value.enum.includes(value.default))
          yield {
            pointer: `${pointer}/default`,
            message: `the default of "${key}", "${value.default}", is not in its enum`,
          };
      }
    },
  },
];
