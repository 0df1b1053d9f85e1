import { isObject, toPointer } from '../../../documents/index.js';
import { mappingTarget } from '../mapping-target.js';
import type { CheckRule } from '../rule.js';

export const discriminators: readonly CheckRule[] = [
  {
    id: 'discriminator-mapping',
    severity: 'error',
    finds: "A value of a discriminator's `mapping` (or `defaultMapping`) that names no schema.",
    advice: 'name a component or write a reference such as #/components/schemas/Dog',
    *examine(document) {
      for (const { value, pointer } of document.parts.of('Discriminator')) {
        const mapped = Object.entries(isObject(value.mapping) ? value.mapping : {}).map(
          ([name, target]) => [`${pointer}${toPointer(['mapping', name])}`, target] as const,
        );
        for (const [at, target] of [...mapped, [`${pointer}/defaultMapping`, value.defaultMapping] as const])
          if (
            typeof target === 'string' &&
            !/^[a-z]+:\/\//i.test(target) &&
            mappingTarget(document, target, at) === undefined &&
            !document.description.diagnostics.some(
              ({ pointer: told, rule }) => told === at && rule !== 'unresolved-reference',
            )
          )
            yield { pointer: at, message: `"${target}" names no schema` };
      }
    },
  },
  {
    id: 'discriminator-property',
    severity: 'warning',
    finds:
      'A discriminator whose property a schema it chooses from does not have, or does not require: without it nobody knows which schema is meant.',
    advice: 'add the property to `properties` and `required` of each of them',
    *examine(document) {
      for (const { value, pointer, holder } of document.parts.of('Discriminator')) {
        const { propertyName } = value;
        if (typeof propertyName !== 'string' || !holder || value.defaultMapping !== undefined) continue;
        const schema = holder.value;
        const own = document.flatten(schema, holder.pointer);
        const members = (['oneOf', 'anyOf'] as const).flatMap((keyword) =>
          (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : []).map((member, index) => ({
            member,
            at: `${holder.pointer}/${keyword}/${index}`,
          })),
        );
        if (has(own, propertyName)) continue;
        const lacking = members.filter(({ member, at }) => {
          const flat = document.flatten(member, at);
          // A union in the union, or a schema that says nothing: not ours to judge.
          return !('oneOf' in flat || 'anyOf' in flat || !isObject(flat.properties)) && !has(flat, propertyName);
        });
        const [first] = lacking;
        if (first)
          yield {
            pointer: first.at,
            message: `the discriminator's property "${propertyName}" is not required here${lacking.length > 1 ? `, nor in ${lacking.length - 1} more` : ''}`,
          };
        else if (members.length === 0 && isObject(own.properties))
          yield {
            pointer: `${pointer}/propertyName`,
            message: Object.hasOwn(own.properties, propertyName)
              ? `the discriminator's property "${propertyName}" is not required`
              : `the schema has no property "${propertyName}"`,
          };
      }
    },
  },
];

function has({ properties, required }: Readonly<Record<string, unknown>>, name: string): boolean {
  return isObject(properties) && Object.hasOwn(properties, name) && Array.isArray(required) && required.includes(name);
}
