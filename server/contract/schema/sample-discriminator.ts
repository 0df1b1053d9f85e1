import { isObject, type JsonObject } from '../../documents/index.js';
import { merge } from './merge.js';
import type { Making } from './sample-making.js';
import { flatOf } from './sample-value.js';

/**
 * The schema with what its discriminator says of itself: the property has the name that the mapping gives the schema, else
 * the schema's own (OpenAPI 3.1.1 §4.8.25). `discriminator` is that of the schema, or of the alternatives it is one of.
 */
export function withDiscriminator(
  { description }: Making,
  member: unknown,
  flat: JsonObject,
  discriminator: unknown = flat.discriminator,
): JsonObject {
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return flat;
  const reference = referenceOf(member);
  if (reference === undefined) return flat;
  if (discriminator === flat.discriminator && (Array.isArray(flat.oneOf) || Array.isArray(flat.anyOf))) return flat;
  const { propertyName } = discriminator;
  const value = discriminatorValue(discriminator.mapping, reference);
  const properties = isObject(flat.properties) ? flat.properties : {};
  const known = flatOf(description, { schema: properties[propertyName] ?? {}, pointer: '' });
  // A document may forget one of the names; then the schema is right.
  if ('const' in known || (Array.isArray(known.enum) && !known.enum.includes(value))) return flat;
  if (known.type !== undefined && known.type !== 'string') return flat;
  const { example: _e, examples: _s, default: _d, ...property } = known;
  return merge(
    { ...flat, properties: { ...properties, [propertyName]: { ...property, const: value } } },
    { required: [propertyName] },
  );
}

/** What stands beside a `$ref` has to be written around it in OpenAPI 3.0: `{allOf: [{$ref}], nullable: true}`. */
function referenceOf(member: unknown): string | undefined {
  if (!isObject(member)) return undefined;
  const { $ref, allOf } = member;
  if (typeof $ref === 'string') return $ref;
  return Array.isArray(allOf) && allOf.length === 1 ? referenceOf(allOf[0]) : undefined;
}

function discriminatorValue(mapping: unknown, reference: string): string {
  const name = decodeURIComponent(reference.split('/').at(-1) ?? '');
  const entries = Object.entries(isObject(mapping) ? mapping : {});
  const [mapped] = entries.find(([, target]) => target === reference || target === name) ?? [];
  return mapped ?? name;
}
