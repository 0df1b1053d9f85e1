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
import { delimiterOf } from './delimited.js';
import { itemStylesOf } from './item-styles.js';
import { lazy } from './lazy.js';
import { essenceOf } from './media-type.js';
import { createSampler, type Located, type Sampler, type Validators } from './schema/index.js';
import { type Shape, shapeOf } from './shape.js';

/** What OpenAPI describes elsewhere: parameters of these names are ignored (OpenAPI 3.1.1 §4.8.12.2.1). */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);
const defaultStyles = { path: 'simple', header: 'simple', query: 'form', cookie: 'form', querystring: 'form' } as const;

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
            'a parameter needs a `name` and an `in` of path, query, querystring, header or cookie',
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
  const shape = lazy(() => shapeOf(description, located));
  const mediaType = content && essenceOf(content[0]);
  const explode = typeof value.explode === 'boolean' ? value.explode : style === 'form' || style === 'cookie';
  const examples = parameterExamples(description, value, pointer);
  return {
    name: value.name,
    in: place,
    required:
      place === 'path' ||
      (value.required === true && !(content === undefined && isWrittenAsNothing(style, explode, shape))),
    style,
    explode,
    itemDelimiters: itemStylesOf(value).map(delimiterOf),
    allowEmptyValue: value.allowEmptyValue === true,
    allowReserved: value.allowReserved === true,
    pointer,
    shape,
    ...(mediaType && { mediaType }),
    validator: validators.of(located.schema, located.pointer, 'request'),
    examples: () => examples,
    sample: named(createSampler(description, located, 'request', validators), value.name),
  };
}

/**
 * Whether the empty object is among the values, and written as nothing at all: members side by side, none of them required
 * (RFC 6570 §2.3). Springdoc describes each `Pageable` so, as required.
 */
function isWrittenAsNothing(style: string, explode: boolean, shape: () => Shape): boolean {
  if (style !== 'deepObject' && !(explode && (style === 'form' || style === 'cookie'))) return false;
  const types = shape().types();
  const { required, minProperties, oneOf, anyOf, properties } = shape().schema();
  return (
    types.length === 1 &&
    types[0] === 'object' &&
    isObject(properties) &&
    [required, minProperties, oneOf, anyOf].every((keyword) => keyword === undefined)
  );
}

function named(sample: Sampler, name: string): Sampler {
  return (kind, chance) => sample(kind, chance, name);
}

function parameterExamples(description: Description, { example, examples }: JsonObject, pointer: string): unknown[] {
  if (example !== undefined) return [example];
  if (!isObject(examples)) return [];
  return Object.entries(examples).flatMap(([name, entry]) => {
    const { value } = resolve(description, entry, `${pointer}${toPointer(['examples', name])}`);
    return isObject(value) && 'value' in value ? [value.value] : [];
  });
}
