import { isObject, toPointer } from '../../../documents/index.js';
import { essenceOf } from '../../media-type.js';
import type { CheckRule } from '../rule.js';

/** `type/subtype`, either of them `*` (RFC 9110 §8.3.1, §12.5.1), of the characters that RFC 6838 §4.2 allows. */
const token = /^(?:\*\/\*|[a-z0-9!#$&^_.+-]+\/(?:\*|[a-z0-9!#$&^_.+*-]+))$/i;

export const mediaTypes: readonly CheckRule[] = [
  {
    id: 'media-type-invalid',
    severity: 'error',
    finds: 'A key of `content` that is no media type or range of them.',
    advice: 'write type/subtype, such as application/json',
    *examine({ parts }) {
      for (const { value, pointer, kind } of parts.all) {
        if (!['RequestBody', 'Response', 'Parameter', 'Header'].includes(kind) || !isObject(value.content)) continue;
        for (const name of Object.keys(value.content))
          if (!token.test(essenceOf(name) ?? ''))
            yield { pointer: `${pointer}${toPointer(['content', name])}`, message: `"${name}" is no media type` };
      }
    },
  },
  {
    id: 'encoding-unknown',
    severity: 'warning',
    finds: 'An `encoding` of a property that the schema of the body does not have.',
    advice: 'correct the name, or add the property',
    *examine(document) {
      for (const { value, pointer } of document.parts.of('MediaType')) {
        if (!isObject(value.encoding) || value.schema === undefined) continue;
        const { properties, oneOf, anyOf, additionalProperties, patternProperties } = document.flatten(
          value.schema,
          `${pointer}/schema`,
        );
        if (!isObject(properties) || oneOf || anyOf || additionalProperties || patternProperties) continue;
        for (const name of Object.keys(value.encoding))
          if (!Object.hasOwn(properties, name))
            yield {
              pointer: `${pointer}${toPointer(['encoding', name])}`,
              message: `the schema has no property "${name}"`,
            };
      }
    },
  },
];
