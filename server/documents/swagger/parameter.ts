import { isObject, type JsonObject } from '../json.js';
import { below, type Conversion, type Part } from './conversion.js';

/** What a 2.0 parameter, header or item says of its value (OpenAPI 2.0 §Parameter Object), and a 3.0 schema does. */
const schemaMembers = [
  'type',
  'format',
  'items',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
];

/** The schema that the members of a parameter or header make. */
export function schemaOf(conversion: Conversion, { value, pointer }: Part): JsonObject {
  const schema: Record<string, unknown> = {};
  for (const name of schemaMembers)
    if (value[name] !== undefined) conversion.put(schema, name, value[name], below(pointer, name));
  if (value.type === 'file') {
    schema.type = 'string';
    schema.format = 'binary';
  }
  if (value['x-nullable'] === true) conversion.put(schema, 'nullable', true, below(pointer, 'x-nullable'));
  return schema;
}

interface Style {
  readonly style?: string;
  readonly explode?: boolean;
  /** The styles of the lists in the list, by depth: OpenAPI 3 has no way to say them, and the name is ours. */
  readonly 'x-standin-item-styles'?: readonly string[];
}

/** How the items of an array are separated (OpenAPI 2.0 `collectionFormat`), in the words of 3.0. */
export function styleOf({ value }: Part): Style {
  if (value.type !== 'array') return {};
  const inner = itemStyles(value.items);
  return {
    style: formatStyle(value.collectionFormat, value.in === 'query' || value.in === 'formData' ? 'form' : 'simple'),
    explode: value.collectionFormat === 'multi',
    ...(inner.length > 0 && { 'x-standin-item-styles': inner }),
  };
}

function formatStyle(format: unknown, comma: string): string {
  switch (format) {
    case 'ssv':
      return 'spaceDelimited';
    case 'pipes':
      return 'pipeDelimited';
    // OpenAPI 3 has no such style; the name is ours.
    case 'tsv':
      return 'tabDelimited';
    default:
      return comma;
  }
}

/** Of the Items Object (2.0): what is a list itself is separated by commas, if nothing else is said. */
function itemStyles(items: unknown): string[] {
  return isObject(items) && items.type === 'array'
    ? [formatStyle(items.collectionFormat, 'simple'), ...itemStyles(items.items)]
    : [];
}

/** A parameter in path, query or header. */
export function convertParameter(conversion: Conversion, part: Part): JsonObject {
  const { value, pointer } = part;
  const parameter: Record<string, unknown> = {};
  conversion.keep(parameter, part, ['name', 'in', 'description', 'required', 'allowEmptyValue']);
  conversion.put(parameter, 'schema', schemaOf(conversion, part), pointer);
  for (const [name, text] of Object.entries(styleOf(part)))
    conversion.put(parameter, name, text, below(pointer, 'collectionFormat'));
  if (value['x-example'] !== undefined)
    conversion.put(parameter, 'example', value['x-example'], below(pointer, 'x-example'));
  return parameter;
}

/** What a `body` parameter documents. */
export function convertBody(conversion: Conversion, part: Part, consumes: readonly string[]): JsonObject {
  const { value, pointer } = part;
  const { put } = conversion;
  const content: Record<string, unknown> = {};
  for (const mediaType of consumes) {
    const object: Record<string, unknown> = {};
    if (value.schema !== undefined) put(object, 'schema', value.schema, below(pointer, 'schema'));
    const examples = value['x-examples'];
    if (value['x-example'] !== undefined) put(object, 'example', value['x-example'], below(pointer, 'x-example'));
    else if (isObject(examples) && examples[mediaType] !== undefined)
      put(object, 'example', examples[mediaType], below(pointer, 'x-examples', mediaType));
    put(content, mediaType, object, pointer);
  }
  const body: Record<string, unknown> = {};
  conversion.keep(body, part, ['description', 'required']);
  put(body, 'content', content, pointer);
  return body;
}

/** What the `formData` parameters of an operation document together. */
export function convertForm(conversion: Conversion, fields: readonly Part[], consumes: readonly string[]): JsonObject {
  const { put } = conversion;
  const [first] = fields as [Part, ...Part[]];
  const properties: Record<string, unknown> = {};
  const encoding: Record<string, unknown> = {};
  const required: unknown[] = [];
  for (const field of fields) {
    const { value, pointer } = field;
    const name = String(value.name);
    const schema = schemaOf(conversion, field) as Record<string, unknown>;
    conversion.keep(schema, field, ['description']);
    put(properties, name, schema, pointer);
    if (value.required === true) required.push(name);
    const style = styleOf(field);
    if (style.style !== undefined)
      put(encoding, name, { 'x-standin-item-styles': [], ...style }, below(pointer, 'collectionFormat'));
  }
  const schema: Record<string, unknown> = { type: 'object' };
  put(schema, 'properties', properties, first.pointer);
  if (required.length > 0) put(schema, 'required', required, first.pointer);
  const hasFile = fields.some(({ value }) => value.type === 'file');
  const forms = consumes.filter((mediaType) => /^multipart\/|^application\/x-www-form-urlencoded/i.test(mediaType));
  // A file needs `multipart/form-data` (2.0 §Parameter Object); what else is consumed, a form can't be.
  const fitting = hasFile ? forms.filter((mediaType) => /^multipart\//i.test(mediaType)) : forms;
  const mediaTypes =
    fitting.length > 0 ? fitting : [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
  const content: Record<string, unknown> = {};
  for (const mediaType of mediaTypes) {
    const object: Record<string, unknown> = {};
    put(object, 'schema', schema, first.pointer);
    if (Object.keys(encoding).length > 0) put(object, 'encoding', encoding, first.pointer);
    put(content, mediaType, object, first.pointer);
  }
  const body: Record<string, unknown> = {};
  if (required.length > 0) put(body, 'required', true, first.pointer);
  put(body, 'content', content, first.pointer);
  return body;
}
