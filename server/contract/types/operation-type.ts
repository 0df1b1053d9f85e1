import { type Description, isObject, toPointer, valueAt } from '../../documents/index.js';
import type { Operation, Parameter, Response, ResponseHeader, ResponseMediaType } from '../contract.js';
import { familyOf } from '../media/index.js';
import type { SchemaTypes, Side } from './schema-type.js';
import {
  arrayOf,
  comment,
  literal,
  type Member,
  never,
  objectOf,
  type TypeText,
  union,
  unit,
  unknown,
} from './type-text.js';

/** What a handler of an operation is given, and what it may return. */
export function operationType(description: Description, types: SchemaTypes, operation: Operation): TypeText {
  return objectOf([
    { name: 'request', type: requestType(description, types, operation) },
    {
      name: 'reply',
      type: union(operation.responses.flatMap((one) => replyTypes(description, types, operation, one))),
    },
    { name: 'example', type: exampleNames(operation) },
  ]);
}

const places = ['path', 'query', 'header', 'cookie'] as const;

function requestType(description: Description, types: SchemaTypes, { parameters, requestBody }: Operation): TypeText {
  const content = (requestBody?.content ?? []).map(({ mediaType, pointer }) => {
    const family = familyOf(mediaType);
    return family === 'other' || family === 'binary'
      ? unknown
      : contentType(description, types, pointer, 'request', family);
  });
  const body = union(
    requestBody ? [...content, ...(requestBody.required ? [] : [unit('undefined')])] : [unit('undefined')],
  );
  const given = places.map((place) =>
    objectOf(
      parameters
        .filter(({ in: at }) => at === place || (at === 'querystring' && place === 'query'))
        .map((parameter) => parameterMember(description, types, parameter)),
    ),
  );
  return unit(`standin.RequestOf<${[...given, body].map(({ text }) => text).join(', ')}>`);
}

function parameterMember(description: Description, types: SchemaTypes, parameter: Parameter): Member {
  const { name, in: place, required, pointer } = parameter;
  const value = valueAt(description.root, pointer);
  const object = isObject(value) ? value : {};
  const [content] = isObject(object.content) ? Object.values(object.content) : [];
  const schema = isObject(content) ? content.schema : object.schema;
  return {
    name: place === 'header' ? name.toLowerCase() : name,
    type: types.of(schema, 'request'),
    isOptional: !required && place !== 'path',
    comment: comment(typeof object.description === 'string' ? object.description : undefined, {
      deprecated: object.deprecated === true,
    }),
  };
}

function contentType(
  { root }: Description,
  types: SchemaTypes,
  pointer: string,
  side: Side,
  family: ReturnType<typeof familyOf>,
): TypeText {
  const value = valueAt(root, pointer);
  const { schema, itemSchema } = isObject(value) ? value : {};
  if (itemSchema !== undefined) return arrayOf(types.of(itemSchema, side));
  const whole = types.of(schema, side);
  const isSequence = family === 'json-lines' || family === 'json-sequence' || family === 'event-stream';
  // Where the schema speaks of one item, the content is a list of them.
  return isSequence && schema !== undefined ? union([whole, arrayOf(whole)]) : whole;
}

/** One for each media type of a response. */
function replyTypes(
  description: Description,
  types: SchemaTypes,
  { responses }: Operation,
  response: Response,
): TypeText[] {
  const { status, headers, content } = response;
  const type = statusType(status, responses);
  const reply = (contentTypes: TypeText, body: Member) =>
    objectOf([
      { name: 'status', type },
      { name: 'headers', type: headersType(description, types, headers, contentTypes), isOptional: true },
      body,
    ]);
  if (content.length === 0) return [reply(never, { name: 'body', type: unit('undefined'), isOptional: true })];
  return content.map((mediaType) =>
    reply(namesOf(mediaType), { name: 'body', type: bodyType(description, types, mediaType) }),
  );
}

const namesOf = ({ mediaType, contentType: type, as }: ResponseMediaType) =>
  as ? unit('string') : union([literal(mediaType), literal(type)]);

function bodyType(description: Description, types: SchemaTypes, { mediaType, pointer }: ResponseMediaType): TypeText {
  const family = familyOf(mediaType);
  if (family === 'binary' || family === 'other') return unknown;
  const value = contentType(description, types, pointer, 'reply', family);
  return family === 'json' ? value : union([value, unit('Uint8Array')]);
}

function statusType(status: string, responses: readonly Response[]): TypeText {
  if (/^\d+$/.test(status)) return unit(status);
  const exact = responses.filter((other) => /^\d+$/.test(other.status)).map((other) => unit(other.status));
  const ranges = responses.filter((other) => /^\dXX$/.test(other.status)).map((other) => rangeType(other.status));
  const others = status === 'default' ? [...exact, ...ranges] : exact;
  const all = status === 'default' ? unit('standin.Status') : rangeType(status);
  return others.length === 0 ? all : unit(`Exclude<${all.text}, ${union(others).text}>`);
}

const rangeType = (status: string) => unit(`standin.StatusOf<${JSON.stringify(status)}>`);

function headersType(
  { root }: Description,
  types: SchemaTypes,
  headers: readonly ResponseHeader[],
  contentTypes: TypeText,
): TypeText {
  const documented = headers.map(({ name, pointer }): Member => {
    const schema = valueAt(root, `${pointer}${toPointer(['schema'])}`);
    const { text } = types.of(schema, 'reply');
    const isScalar = /^(?:string|number|boolean|"[^"]*")(?: \| (?:string|number|boolean|"[^"]*"))*$/.test(text);
    return { name, type: isScalar ? unit(text) : unit('standin.HandlerHeader'), isOptional: true };
  });
  const named = contentTypes === never ? [] : [{ name: 'content-type', type: contentTypes, isOptional: true }];
  return objectOf([...documented, ...named], unit('standin.HandlerHeader'));
}

function exampleNames({ responses }: Operation): TypeText {
  return union(responses.flatMap(({ content }) => content.flatMap(({ exampleNames: names }) => names.map(literal))));
}
