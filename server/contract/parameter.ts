import {
  type Description,
  type Diagnostic,
  diagnose,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../documents/index.js';
import type { Parameter } from './contract.js';
import { essenceOf } from './media-type.js';
import { createSampler, flatten, type Located, type Sampler, typesOf, type Validators } from './schema/index.js';

/** What OpenAPI describes elsewhere: parameters of these names are ignored (OpenAPI 3.1.1 §4.8.12.2.1). */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);
const defaultStyles = { path: 'simple', header: 'simple', query: 'form', cookie: 'form' } as const;

/** The parameters of a path item and its operation; the operation's replace those of the same name and place. */
export function compileParameters(
  description: Description,
  validators: Validators,
  lists: readonly { readonly value: unknown; readonly pointer: string }[],
  diagnostics: Diagnostic[],
): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const { value, pointer } of lists) {
    if (!Array.isArray(value)) continue;
    value.forEach((entry, index) => {
      const resolved = resolve(description, entry, `${pointer}/${index}`);
      const parameter = compileParameter(description, validators, resolved.value, resolved.pointer);
      if (parameter === 'ignored') return;
      if (!parameter) {
        diagnostics.push(
          diagnose(
            description,
            `${pointer}/${index}`,
            'warning',
            'parameter-invalid',
            'a parameter needs a `name` and an `in` of path, query, header or cookie',
            'it is left out',
          ),
        );
      } else parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    });
  }
  return [...parameters.values()];
}

function compileParameter(
  description: Description,
  validators: Validators,
  value: unknown,
  pointer: string,
): Parameter | 'ignored' | undefined {
  if (!isObject(value) || typeof value.name !== 'string' || !Object.hasOwn(defaultStyles, String(value.in)))
    return undefined;
  const place = value.in as Parameter['in'];
  if (place === 'header' && ignoredHeaders.has(value.name.toLowerCase())) return 'ignored';
  const [content] = isObject(value.content) ? Object.entries(value.content) : [];
  const located: Located = content
    ? {
        schema: isObject(content[1]) ? content[1].schema : undefined,
        pointer: `${pointer}${toPointer(['content', content[0], 'schema'])}`,
      }
    : { schema: value.schema, pointer: `${pointer}/schema` };
  const style = typeof value.style === 'string' ? value.style : defaultStyles[place];
  const shape = shapeOf(description, located);
  const mediaType = content && essenceOf(content[0]);
  const examples = parameterExamples(description, value, pointer);
  return {
    name: value.name,
    in: place,
    required: place === 'path' || value.required === true,
    style,
    explode: typeof value.explode === 'boolean' ? value.explode : style === 'form' || style === 'cookie',
    allowEmptyValue: value.allowEmptyValue === true,
    pointer,
    ...shape,
    ...(mediaType && { mediaType }),
    validator: validators.of(located.schema, located.pointer, 'request'),
    examples: () => examples,
    sample: named(createSampler(description, located, 'request', validators), value.name),
  };
}

function named(sample: Sampler, name: string): Sampler {
  return (kind, chance) => sample(kind, chance, name);
}

/** What a decoder must know of a schema: which types to read the text as. */
export function shapeOf(
  description: Description,
  located: Located,
): Pick<Parameter, 'types' | 'itemTypes' | 'propertyTypes'> {
  const flat = flatten(description, located);
  const properties = isObject(flat.properties) ? Object.entries(flat.properties) : [];
  return {
    types: typesOf(description, located),
    itemTypes:
      flat.items === undefined ? [] : typesOf(description, { schema: flat.items, pointer: `${located.pointer}/items` }),
    propertyTypes: Object.fromEntries(
      properties.map(([name, schema]) => [
        name,
        typesOf(description, { schema, pointer: `${located.pointer}${toPointer(['properties', name])}` }),
      ]),
    ),
  };
}

function parameterExamples(description: Description, { example, examples }: JsonObject, pointer: string): unknown[] {
  if (example !== undefined) return [example];
  if (!isObject(examples)) return [];
  return Object.entries(examples).flatMap(([name, entry]) => {
    const { value } = resolve(description, entry, `${pointer}${toPointer(['examples', name])}`);
    return isObject(value) && 'value' in value ? [value.value] : [];
  });
}
