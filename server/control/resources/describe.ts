import { isUtf8 } from 'node:buffer';
import {
  type Contract,
  type Example,
  isJson,
  type Operation,
  type RequestMediaType,
  type ResponseMediaType,
} from '../../contract/index.js';
import { formatPlace, locate } from '../../documents/index.js';
import { documentedExamples } from '../documented-examples.js';

export function describeApi(contract: Contract, contracts: readonly Contract[]) {
  const { name, title, version, operations, description } = contract;
  return {
    name,
    title,
    version,
    operations: operations.length,
    path: contracts.length > 1 ? `/${name}` : '',
    file: description.file,
  };
}

/** An operation as data; the values of its examples, made ones among them, only where they are asked for: they take time. */
export function describeOperation(contract: Contract, operation: Operation, withValues: boolean) {
  const { description } = contract;
  const { id, method, path, pointer, summary, deprecated, tags, parameters, requestBody, responses, security } =
    operation;
  const { resource, limit } = operation;
  const contentOf = (content: readonly (RequestMediaType | ResponseMediaType)[]) =>
    content.map((mediaType) => ({
      mediaType: mediaType.mediaType,
      pointer: mediaType.pointer,
      ...(withValues && 'contentType' in mediaType && { contentType: mediaType.contentType }),
      examples: withValues
        ? mediaType.examples().map((example) => describeExample(example, mediaType.mediaType))
        : documentedExamples(contract, mediaType),
    }));
  return {
    id,
    method,
    path,
    pointer,
    place: formatPlace(locate(description, pointer)),
    ...(summary !== undefined && { summary }),
    deprecated,
    tags,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required,
      pointer: parameter.pointer,
      style: parameter.style,
      explode: parameter.explode,
      allowReserved: parameter.allowReserved,
      ...(parameter.mediaType !== undefined && { mediaType: parameter.mediaType }),
      ...(parameter.itemDelimiters.length > 0 && { itemDelimiters: parameter.itemDelimiters }),
      ...(withValues && { examples: parameter.examples() }),
    })),
    ...(requestBody && { requestBody: { required: requestBody.required, content: contentOf(requestBody.content) } }),
    responses: responses.map((response) => ({
      status: response.status,
      description: response.description,
      pointer: response.pointer,
      headers: response.headers.map(({ name }) => name),
      content: contentOf(response.content),
    })),
    security: security.map(({ schemes }) =>
      schemes.map(({ name, type, scheme, in: place, parameterName, scopes }) => ({
        name,
        type,
        ...(scheme !== undefined && { scheme }),
        ...(place !== undefined && { in: place }),
        ...(parameterName !== undefined && { parameterName }),
        scopes,
      })),
    ),
    ...(resource && { collection: resource.name, effect: resource.effect }),
    ...(limit && { limit: { requests: limit.requests, seconds: limit.seconds } }),
  };
}

function describeExample({ name, summary, origin, state, pointer, value, bytes }: Example, mediaType: string) {
  const text = isJson(mediaType) ? undefined : textOf(bytes);
  return {
    ...(name !== undefined && { name }),
    ...(summary !== undefined && { summary }),
    origin,
    isValid: state.kind !== 'invalid',
    pointer,
    value,
    ...(text !== undefined && { text }),
  };
}

/** Octets as text, unless they are none. */
function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
