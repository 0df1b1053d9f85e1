import { isObject, pointerOf, valueAt } from '../../../documents/index.js';
import { closedApart, closedApartAdvice, closedApartMessage } from '../../schema/index.js';
import type { CheckRule } from '../rule.js';

export const closedParts: readonly CheckRule[] = [
  {
    id: 'allof-closed',
    severity: 'warning',
    finds:
      'Members of an `allOf` that exclude each other: one requires a property that another, or what stands beside them, closed by `additionalProperties: false`, does not know. To the letter no object satisfies that. standin takes the members as open and the whole as closed together; where a member is used alone it stays as it is.',
    advice: closedApartAdvice,
    *examine({ description, is30, parts }) {
      const target = (value: unknown) =>
        isObject(value) && typeof value.$ref === 'string'
          ? valueAt(description.root, pointerOf(value.$ref) ?? '')
          : value;
      for (const { value, pointer } of parts.of('Schema')) {
        const apart = closedApart(value, target, is30);
        if (apart) yield { pointer, message: closedApartMessage(apart.names) };
      }
    },
  },
];
