import { isObject, type JsonObject } from '../json.js';
import { below, type Conversion, type Part } from './conversion.js';
import { schemaOf, styleOf } from './parameter.js';

/** A response, with its schema and examples by media type. */
export function convertResponse(conversion: Conversion, part: Part, produces: readonly string[]): JsonObject {
  const { value, pointer } = part;
  const { put } = conversion;
  const response: Record<string, unknown> = {};
  conversion.keep(response, part, ['description']);
  if (isObject(value.headers))
    put(response, 'headers', convertHeaders(conversion, value.headers, pointer), `${pointer}/headers`);
  const examples = isObject(value.examples) ? value.examples : {};
  const named = Object.keys(examples).filter((name) => name.includes('/'));
  const documented = value.schema === undefined ? [] : produces;
  const content: Record<string, unknown> = {};
  for (const mediaType of new Set([...documented, ...named])) {
    const object: Record<string, unknown> = {};
    if (value.schema !== undefined) put(object, 'schema', value.schema, `${pointer}/schema`);
    if (examples[mediaType] !== undefined)
      put(object, 'example', examples[mediaType], below(pointer, 'examples', mediaType));
    put(content, mediaType, object, pointer);
  }
  if (Object.keys(content).length > 0) put(response, 'content', content, pointer);
  for (const name of Object.keys(examples))
    if (!named.includes(name) && !name.startsWith('x-'))
      conversion.report(
        below(pointer, 'examples', name),
        'warning',
        `"${name}" is no media type`,
        'name each example after the media type that it is of; this one is left out',
      );
  return response;
}

function convertHeaders(conversion: Conversion, headers: JsonObject, pointer: string): JsonObject {
  const converted: Record<string, unknown> = {};
  for (const [name, header] of Object.entries(headers)) {
    if (!isObject(header)) continue;
    const part = { value: header, pointer: below(pointer, 'headers', name) };
    const object: Record<string, unknown> = {};
    conversion.keep(object, part, ['description']);
    conversion.put(object, 'schema', schemaOf(conversion, part), part.pointer);
    const { explode: _, ...style } = styleOf(part);
    for (const [name, text] of Object.entries(style))
      conversion.put(object, name, text, below(part.pointer, 'collectionFormat'));
    if (header['x-example'] !== undefined)
      conversion.put(object, 'example', header['x-example'], below(part.pointer, 'x-example'));
    conversion.put(converted, name, object, part.pointer);
  }
  return converted;
}
