import { describeValue } from '../../../documents/index.js';
import { grammar, type Kind, nameOfKind } from '../grammar.js';
import type { CheckRule } from '../rule.js';

/** OpenAPI 3.0 objects whose fields a version has not yet made optional. */
const requiredIn30: Partial<Record<Kind, readonly string[]>> = { Response: ['description'] };

/** Fields that are a string, or a boolean, wherever they stand but in schemas and examples. */
const typeOfField: Readonly<Record<string, 'string' | 'boolean'>> = {
  ...Object.fromEntries(
    ['title', 'version', 'summary', 'description', 'operationId', 'name', 'in', 'style', 'url', 'operationRef'].map(
      (name) => [name, 'string' as const],
    ),
  ),
  ...Object.fromEntries(
    ['required', 'deprecated', 'explode', 'allowReserved', 'allowEmptyValue'].map((name) => [name, 'boolean' as const]),
  ),
};

export const objects: readonly CheckRule[] = [
  {
    id: 'object-expected',
    severity: 'error',
    finds:
      'Something else where OpenAPI has an object, a list of objects, or a map of them: a string, nothing at all, a list for a map.',
    advice: 'correct it, or remove it',
    *examine({ parts }) {
      for (const { expected, value, pointer } of parts.misfits) {
        const kind = expected.replace(/[[{].*$/, '') as Kind;
        const one = nameOfKind(kind).replace(/^an? /, '');
        const what = expected.endsWith('[]')
          ? `a list of ${one} objects`
          : expected.endsWith('{}')
            ? `a map of names to ${one} objects`
            : `${nameOfKind(kind)} object`;
        yield { pointer, message: `expected ${what}, found ${describeValue(value)}` };
      }
    },
  },
  {
    id: 'field-missing',
    severity: 'error',
    finds: 'An object without a field that OpenAPI requires of it.',
    advice: 'add it',
    *examine({ parts, description: { version } }) {
      for (const { kind, value, pointer, key } of parts.all) {
        const required = [
          ...(grammar[kind].required ?? []),
          ...(/^3\.[01]/.test(version) ? (requiredIn30[kind] ?? []) : []),
        ];
        if ('$ref' in value) continue;
        for (const field of required)
          if (value[field] === undefined)
            yield {
              pointer,
              message: `${nameOfKind(kind)} needs \`${field}\`${key === '' ? '' : `; "${key}" has none`}`,
            };
      }
    },
  },
  {
    id: 'field-unknown',
    severity: 'warning',
    finds:
      'A field that no version of OpenAPI knows on this object, and that is no extension (`x-…`). Schemas are left out: they may have any keyword.',
    advice: 'correct its name, move it to where it belongs, or start it with `x-`',
    *examine({ parts }) {
      for (const { kind, value, pointer } of parts.all) {
        const { others, holds = {} } = grammar[kind];
        if (!others) continue;
        for (const name of Object.keys(value))
          if (!Object.hasOwn(holds, name) && !others.includes(name) && !name.startsWith('x-') && name !== '$ref')
            yield {
              pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
              message: `${nameOfKind(kind)} has no field "${name}"`,
            };
      }
    },
  },
  {
    id: 'field-type',
    severity: 'error',
    finds:
      'A field with a number where OpenAPI has a string, or a string where it has `true` or `false`: `version: 1.0`, `required: "true"`.',
    advice: 'put a string in quotes; take a boolean out of them',
    *examine({ parts }) {
      for (const { kind, value, pointer } of parts.all) {
        const { others, members } = grammar[kind];
        if (!others || members) continue;
        for (const name of others) {
          const type = typeOfField[name];
          if (type && value[name] !== undefined && typeof value[name] !== type)
            yield {
              pointer: `${pointer}/${name}`,
              message: `expected \`${name}\` as a ${type}, found ${describeValue(value[name])}`,
              advice: type === 'string' ? 'write it as a string, in quotes' : 'write true or false, without quotes',
            };
        }
      }
    },
  },
];
