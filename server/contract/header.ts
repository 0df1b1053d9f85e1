import {
  type Description,
  type Diagnostic,
  diagnose,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../documents/index.js';
import type { Chance } from './chance.js';
import { coercePart, coerceText, textOf } from './coerce.js';
import type { ResponseHeader } from './contract.js';
import { delimiterOf, readDelimited, writeDelimited } from './delimited.js';
import { itemStylesOf } from './item-styles.js';
import { lazy } from './lazy.js';
import { essenceOf, isJson } from './media-type.js';
import { createSampler, type Located, type Validator, type Validators } from './schema/index.js';
import { type Shape, shapeOf } from './shape.js';

export interface HeaderContext {
  readonly description: Description;
  readonly validators: Validators;
  readonly chance: Chance;
  readonly diagnostics: Diagnostic[];
}

/** A token (RFC 9110 §5.6.2): what the name of a header has to be. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;

/** The documented headers of a response, each with a value that its schema accepts. */
export function compileHeaders(context: HeaderContext, value: unknown, pointer: string): ResponseHeader[] {
  const { description, diagnostics } = context;
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, entry]): ResponseHeader[] => {
    const { value: header, pointer: at } = resolve(description, entry, `${pointer}${toPointer([name])}`);
    // OpenAPI 3.1.1 §4.8.17.1: a response header named Content-Type is ignored.
    if (!isObject(header) || name.toLowerCase() === 'content-type') return [];
    if (token.test(name)) return [compileHeader(context, name, header, at)];
    diagnostics.push(
      diagnose(
        description,
        `${pointer}${toPointer([name])}`,
        'warning',
        'header-name-invalid',
        `"${name}" can not be the name of a header`,
        'use letters, digits and hyphens; it is left out',
      ),
    );
    return [];
  });
}

function compileHeader(
  { description, validators, chance }: HeaderContext,
  name: string,
  header: JsonObject,
  pointer: string,
): ResponseHeader {
  const [content] = isObject(header.content) ? Object.entries(header.content) : [];
  const holder = content && isObject(content[1]) ? content[1] : header;
  const at = content ? `${pointer}${toPointer(['content', content[0]])}` : pointer;
  const located: Located = { schema: holder.schema, pointer: `${at}/schema` };
  const validator = validators.of(holder.schema, located.pointer, 'response');
  const sample = createSampler(description, located, 'response', validators);
  const example = headerExample(description, header, pointer) ?? headerExample(description, holder, at);
  const asJson = content !== undefined && isJson(essenceOf(content[0]) ?? '');
  const shape = lazy(() => shapeOf(description, located));
  const writing: Writing = {
    explode: header.explode === true,
    delimiter: typeof header.style === 'string' ? delimiterOf(header.style) : ',',
    itemDelimiters: itemStylesOf(header).map(delimiterOf),
  };
  return {
    name,
    required: header.required === true,
    pointer,
    validator,
    read: (text) => readHeader(text, shape(), writing, validator, asJson),
    value: lazy(() => {
      const isUsable = example !== undefined && (validator.check(example) || isText(example, validator.check));
      const value = isUsable ? example : sample('documented', chance.derive(pointer), `header ${name}`);
      if (value === undefined || value === null) return undefined;
      if (asJson) return JSON.stringify(value);
      // Each cookie has a header of its own (RFC 6265 §3).
      if (Array.isArray(value) && name.toLowerCase() === 'set-cookie') return value.map((item) => textOf(item));
      return headerText(value, writing);
    }),
  };
}

/** An example may be written as the text that goes over the wire: `"42"` for an integer. */
function isText(example: unknown, check: (value: unknown) => boolean): boolean {
  if (typeof example !== 'string') return false;
  try {
    return check(JSON.parse(example)) || check(example.split(','));
  } catch {
    return check(example.split(','));
  }
}

function headerExample(description: Description, { example, examples }: JsonObject, pointer: string): unknown {
  if (example !== undefined || !isObject(examples)) return example;
  const [first] = Object.entries(examples);
  const entry = first && resolve(description, first[1], `${pointer}${toPointer(['examples', first[0]])}`).value;
  return isObject(entry) ? entry.value : undefined;
}

interface Writing {
  readonly explode: boolean;
  /** A comma; what `collectionFormat` of OpenAPI 2.0 says, else. */
  readonly delimiter: string;
  /** Of the lists in a list, by depth. */
  readonly itemDelimiters: readonly string[];
}

/** Style `simple`, the only one for headers (OpenAPI 3.1.1 §4.8.12.3): `a,b`; of objects `a,1,b,2`, exploded `a=1,b=2`. */
function headerText(value: unknown, { explode, delimiter, itemDelimiters }: Writing): string {
  if (Array.isArray(value)) return writeDelimited(value, [delimiter, ...itemDelimiters], textOf, String);
  if (!isObject(value)) return textOf(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}${explode ? '=' : delimiter}${textOf(member)}`)
    .join(delimiter);
}

function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The first of the values that a text may be which the schema allows; where it allows none, the first. */
function readHeader(
  text: string,
  shape: Shape,
  { explode, delimiter, itemDelimiters }: Writing,
  validator: Validator,
  asJson: boolean,
) {
  const types = shape.types();
  const nesting = { delimiters: itemDelimiters, escaping: 'none' } as const;
  const parts = text.split(delimiter).map((part) => part.trim());
  const pairs = explode
    ? parts.map((part) => part.split(/=(.*)/s))
    : parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]]] : []));
  const json = asJson || /^\s*[[{]/.test(text) ? jsonOf(text) : undefined;
  const values = [
    ...(json && asJson ? [json.value] : []),
    ...types.map((type) => {
      if (type === 'array')
        return parts.map((part, index) => readDelimited(part, shape.itemAt(index), String, nesting));
      if (type !== 'object') return coerceText(text, [type]);
      return Object.fromEntries(
        pairs.map(([name = '', member = '']) => [name, coercePart(member, shape.property(name))]),
      );
    }),
    ...(json ? [json.value] : []),
  ];
  const valid = values.find((value) => validator.check(value));
  return valid ?? values[0] ?? text;
}
