import { describeValue, isObject, toPointer } from '../../../documents/index.js';
import { jsonTypes, keywordForms } from '../../schema/index.js';
import type { CheckRule } from '../rule.js';

export const keywords: readonly CheckRule[] = [
  {
    id: 'keyword-invalid',
    severity: 'error',
    finds:
      'A schema keyword with a value of the wrong form: `required: true`, `enum: a`, `minLength: "1"`, an empty `allOf`.',
    advice: 'correct it',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Schema'))
        for (const [keyword, [what, holds]] of Object.entries(keywordForms))
          if (value[keyword] !== undefined && !holds(value[keyword])) {
            const isFlag = keyword === 'required' && typeof value.required === 'boolean';
            yield {
              pointer: `${pointer}/${keyword}`,
              message: `\`${keyword}\` must be ${what}, found ${describeValue(value[keyword])}`,
              ...(isFlag && { advice: 'name the property in `required` of the object around it' }),
            };
          }
    },
  },
  {
    id: 'type-unknown',
    severity: 'error',
    finds: 'A `type` that JSON Schema does not have; in OpenAPI 3.0 also a list of types and `null`.',
    advice: `write one of ${jsonTypes.join(', ')}`,
    *examine({ parts, is30 }) {
      for (const { value, pointer } of parts.of('Schema')) {
        if (value.type === undefined) continue;
        const found = [value.type].flat();
        const wrong = found.find((type) => !jsonTypes.includes(type as string));
        const at = `${pointer}/type`;
        if (wrong !== undefined) yield { pointer: at, message: `${describeValue(wrong)} is no type` };
        else if (Array.isArray(value.type) && found.length === 0) yield { pointer: at, message: 'no type is given' };
        else if (is30 && (Array.isArray(value.type) || value.type === 'null'))
          yield {
            pointer: at,
            message: `OpenAPI 3.0 has ${value.type === 'null' ? 'no type "null"' : 'no lists of types'}`,
            advice: 'write one type and `nullable: true`, or OpenAPI 3.1',
          };
      }
    },
  },
  {
    id: 'nullable-ignored',
    severity: 'warning',
    finds: '`nullable: true` in OpenAPI 3.1 and later, which has no such keyword: null is not allowed by it.',
    advice: 'write `type: [string, "null"]`',
    *examine({ parts, description: { version } }) {
      if (!/^3\.[1-9]/.test(version)) return;
      for (const { value, pointer } of parts.of('Schema'))
        if (value.nullable === true)
          yield { pointer: `${pointer}/nullable`, message: `OpenAPI ${version} has no \`nullable\`` };
    },
  },
  {
    id: 'nullable-without-type',
    severity: 'note',
    finds:
      'OpenAPI 3.0: `nullable: true` without a `type` beside it, which by the standard (3.0.4 §4.7.24) adds nothing. standin, as most tools, takes it as meant.',
    advice: 'add the `type`',
    *examine({ parts, is30 }) {
      if (!is30) return;
      for (const { value, pointer } of parts.of('Schema'))
        if (value.nullable === true && value.type === undefined)
          yield { pointer: `${pointer}/nullable`, message: '`nullable` says nothing without a `type` beside it' };
    },
  },
  {
    id: 'items-missing',
    severity: 'error',
    finds: 'OpenAPI 3.0: an array without `items`.',
    advice: 'add `items`; `items: {}` allows anything',
    *examine({ parts, is30 }) {
      if (!is30) return;
      for (const { value, pointer } of parts.of('Schema'))
        if (value.type === 'array' && value.items === undefined)
          yield { pointer, message: 'this array has no `items`' };
    },
  },
  {
    id: 'required-undocumented',
    severity: 'error',
    finds:
      'A required property that `properties` does not have, where `additionalProperties: false` forbids others: nothing satisfies it.',
    advice: 'add the property, or correct the name',
    *examine(document) {
      for (const { value, pointer } of document.parts.of('Schema')) {
        if (value.additionalProperties !== false || !Array.isArray(value.required)) continue;
        const patterns = Object.keys(isObject(value.patternProperties) ? value.patternProperties : {});
        // Of what another part of an `allOf` describes, `allof-closed` tells.
        const { properties } = Array.isArray(value.allOf) ? document.flatten(value, pointer) : value;
        for (const [index, name] of value.required.entries()) {
          const isKnown = isObject(properties) && Object.hasOwn(properties, String(name));
          if (!isKnown && !patterns.some((pattern) => matches(pattern, String(name))))
            yield { pointer: `${pointer}/required/${index}`, message: `"${name}" is required, and no property` };
        }
      }
    },
  },
  {
    id: 'read-and-write-only',
    severity: 'error',
    finds: 'A property that is both `readOnly` and `writeOnly`: nobody could ever send it.',
    advice: 'remove one',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Schema'))
        if (value.readOnly === true && value.writeOnly === true)
          yield {
            pointer: `${pointer}${toPointer(['writeOnly'])}`,
            message: 'this is both `readOnly` and `writeOnly`',
          };
    },
  },
];

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return true;
  }
}
