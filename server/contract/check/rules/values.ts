import { describeValue } from '../../../documents/index.js';
import { jsonType } from '../../schema/index.js';
import { reason } from '../examples.js';
import type { CheckRule } from '../rule.js';

/** Types as `type` and `nullable` give them; none where no type is given, which allows any. */
function typesIn(type: unknown, nullable: unknown): string[] {
  const types = [type].flat().filter((name): name is string => typeof name === 'string');
  return types.length > 0 && nullable === true ? [...types, 'null'] : types;
}

const isOfType = (value: unknown, types: readonly string[]) =>
  types.includes(jsonType(value)) || (types.includes('number') && jsonType(value) === 'integer');

export const values: readonly CheckRule[] = [
  {
    id: 'enum-type',
    severity: 'warning',
    finds:
      'A value of an `enum`, or a `const`, that is not of the `type` beside it and so never valid: `"1"` among integers.',
    advice: 'write it as a value of the type, or correct the type',
    *examine({ parts, is30 }) {
      for (const { value, pointer } of parts.of('Schema')) {
        const types = typesIn(value.type, is30 && value.nullable);
        if (types.length === 0) continue;
        const stray = (Array.isArray(value.enum) ? value.enum : []).flatMap((member, index) =>
          isOfType(member, types) ? [] : [{ member, index }],
        );
        const [first] = stray;
        if (first)
          yield {
            pointer: `${pointer}/enum/${first.index}`,
            message: `${first.member === null ? 'null' : describeValue(first.member)} is not of the type ${types.join(' or ')}${stray.length > 1 ? `, nor are ${stray.length - 1} more of this enum` : ''}`,
            ...(first.member === null && is30 && { advice: 'add `nullable: true`, or remove it' }),
          };
        if (value.const !== undefined && !isOfType(value.const, types))
          yield {
            pointer: `${pointer}/const`,
            message: `${describeValue(value.const)} is not of the type ${types.join(' or ')}`,
          };
      }
    },
  },
  {
    id: 'default-invalid',
    severity: 'warning',
    finds: 'A `default` that its own schema does not accept.',
    advice: 'correct one of them',
    *examine({ parts, validators }) {
      for (const { value, pointer } of parts.of('Schema')) {
        if (value.default === undefined) continue;
        const either = [validators.of(value, pointer, 'response'), validators.of(value, pointer, 'request')];
        if (!either.some((validator) => accepts(() => validator.check(value.default))))
          yield {
            pointer: `${pointer}/default`,
            message: `the default violates its schema: ${reason(either, value.default)}`,
          };
      }
    },
  },
];

function accepts(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return true;
  }
}
