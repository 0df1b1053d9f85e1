import { isObject, type JsonObject } from '../json.js';
import { below, type Conversion, type Part } from './conversion.js';
import { convertBody, convertForm, convertParameter } from './parameter.js';
import { convertResponse } from './response.js';
import { serversOf } from './servers.js';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

export function convertPathItem(conversion: Conversion, part: Part): JsonObject {
  const { value, pointer } = part;
  const { put } = conversion;
  const pathItem: Record<string, unknown> = {};
  conversion.keep(pathItem, part, []);
  const shared = parametersOf(conversion, value.parameters, `${pointer}/parameters`);
  writeParameters(conversion, pathItem, shared, `${pointer}/parameters`);
  for (const method of methods) {
    const operation = value[method];
    if (operation === undefined) continue;
    const at = below(pointer, method);
    const converted = isObject(operation)
      ? convertOperation(conversion, { value: operation, pointer: at }, shared)
      : operation;
    put(pathItem, method, converted, at);
  }
  return pathItem;
}

function convertOperation(conversion: Conversion, part: Part, shared: readonly Entry[]): JsonObject {
  const { value, pointer } = part;
  const { put, swagger } = conversion;
  const operation: Record<string, unknown> = {};
  conversion.keep(operation, part, [
    'tags',
    'summary',
    'description',
    'externalDocs',
    'operationId',
    'deprecated',
    'security',
  ]);
  const own = parametersOf(conversion, value.parameters, `${pointer}/parameters`);
  writeParameters(conversion, operation, own, `${pointer}/parameters`);
  const consumes = mediaTypes(value.consumes ?? swagger.root.consumes) ?? ['application/json'];
  const requestBody = requestBodyOf(conversion, own, shared, consumes);
  if (requestBody) put(operation, 'requestBody', requestBody.value, requestBody.pointer);
  if (isObject(value.responses)) {
    const produces = mediaTypes(value.produces ?? swagger.root.produces);
    put(
      operation,
      'responses',
      convertResponses(conversion, value.responses, `${pointer}/responses`, produces),
      `${pointer}/responses`,
    );
  }
  if (Array.isArray(value.schemes))
    put(operation, 'servers', serversOf(conversion, value.schemes), `${pointer}/schemes`);
  return operation;
}

function convertResponses(
  conversion: Conversion,
  responses: JsonObject,
  pointer: string,
  produces: readonly string[] | undefined,
): JsonObject {
  const converted: Record<string, unknown> = {};
  for (const [status, entry] of Object.entries(responses)) {
    const at = below(pointer, status);
    const found = conversion.follow(entry, at);
    const isFile = isObject(found?.value.schema) && found.value.schema.type === 'file';
    const fallback = [isFile ? 'application/octet-stream' : 'application/json'];
    // What leads nowhere stays, for others to find it.
    const response =
      found && !status.startsWith('x-') ? convertResponse(conversion, found, produces ?? fallback) : entry;
    conversion.put(converted, status, response, found?.pointer ?? at);
  }
  return converted;
}

/** A parameter as it stands in a list, and what it is, where that can be found. */
interface Entry {
  readonly raw: unknown;
  readonly pointer: string;
  readonly part: Part | undefined;
}

function parametersOf({ follow }: Conversion, list: unknown, pointer: string): Entry[] {
  return (Array.isArray(list) ? list : []).map((raw: unknown, index) => {
    const at = below(pointer, index);
    return { raw, pointer: at, part: follow(raw, at) };
  });
}

const isInBody = ({ part }: Entry) => part?.value.in === 'body' || part?.value.in === 'formData';

function writeParameters(
  conversion: Conversion,
  target: Record<string, unknown>,
  entries: readonly Entry[],
  pointer: string,
): void {
  const outside = entries.filter((entry) => !isInBody(entry));
  if (outside.length === 0) return;
  const parameters: unknown[] = [];
  for (const { raw, part, pointer: at } of outside)
    conversion.put(
      parameters as unknown as Record<string, unknown>,
      String(parameters.length),
      part ? convertParameter(conversion, part) : raw,
      part?.pointer ?? at,
    );
  conversion.put(target, 'parameters', parameters, pointer);
}

function requestBodyOf(
  conversion: Conversion,
  own: readonly Entry[],
  shared: readonly Entry[],
  consumes: readonly string[],
): Part | undefined {
  const inBody = (entries: readonly Entry[]) => entries.filter(isInBody).map(({ part }) => part as Part);
  const named = new Map(
    [...inBody(shared), ...inBody(own)].map((part) => [
      `${part.value.in} ${part.value.in === 'body' ? '' : part.value.name}`,
      part,
    ]),
  );
  const parts = [...named.values()];
  const body = parts.find(({ value }) => value.in === 'body');
  if (body) return { value: convertBody(conversion, body, consumes), pointer: body.pointer };
  const [first] = parts;
  return first && { value: convertForm(conversion, parts, consumes), pointer: first.pointer };
}

function mediaTypes(value: unknown): string[] | undefined {
  const found = Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
  return found.length > 0 ? found : undefined;
}
