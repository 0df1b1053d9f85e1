import {
  type Description,
  type Diagnostic,
  DocumentError,
  diagnose,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../documents/index.js';
import { bySpecificity, parseLimit, parseResource, readExtension, reportUnknownExtensions } from './behaviour/index.js';
import { compileCallbacks } from './callback.js';
import type { Chance } from './chance.js';
import type { Operation, Parameter, SecurityRequirement, Server } from './contract.js';
import { compileFires } from './fires.js';
import { type Completion, createLateOperation, type Outline } from './late-operation.js';
import { compileParameters } from './parameter.js';
import { operationsIn } from './path-item.js';
import { compileRequestBody } from './request-body.js';
import { compileResponses } from './response.js';
import type { Validators } from './schema/index.js';
import { compileSecurity } from './security.js';
import { compileServers } from './servers.js';

export interface OperationContext {
  readonly description: Description;
  readonly validators: Validators;
  readonly chance: Chance;
  readonly diagnostics: Diagnostic[];
  readonly servers: readonly Server[];
  readonly security: readonly SecurityRequirement[];
}

/** A place in the document: an operation, with its path item. */
export interface OperationPlace {
  readonly method: string;
  readonly path: string;
  readonly operation: JsonObject;
  readonly pointer: string;
  readonly pathItem: JsonObject;
  readonly pathItemPointer: string;
}

/** The whole of an operation, at once. */
export function compileOperation(context: OperationContext, place: OperationPlace): Operation {
  const { description, diagnostics } = context;
  const completion = complete(context, place);
  const resource = extension(context, place, 'x-standin-resource', parseResource);
  const limit = extension(context, place, 'x-standin-limit', parseLimit);
  const compiled: Operation = {
    ...outline(context, place),
    ...completion,
    ...(resource && { resource }),
    ...(limit && { limit }),
  };
  reportUnknownExtensions(description, place, diagnostics);
  checkNames(description, compiled, holderOf(place, 'x-standin-resource').at, diagnostics);
  return compiled;
}

/** What routing needs of an operation now; the rest is compiled when it is first asked for. For operations that are plain. */
export function deferOperation(context: OperationContext, place: OperationPlace): Operation {
  return createLateOperation(outline(context, place), () => complete(context, place));
}

function outline(context: OperationContext, place: OperationPlace): Outline {
  const { operation, pointer, pathItem } = place;
  const { summary } = operation;
  const made: Outline = {
    id: typeof operation.operationId === 'string' ? operation.operationId : `${place.method} ${place.path}`,
    method: place.method,
    path: place.path,
    pointer,
    deprecated: operation.deprecated === true,
    tags: Array.isArray(operation.tags) ? operation.tags.map(String) : [],
    servers: compileServers(operation.servers, compileServers(pathItem.servers, context.servers)),
    security:
      operation.security === undefined
        ? context.security
        : compileSecurity(context.description, operation.security, `${pointer}/security`, context.diagnostics),
  };
  return typeof summary === 'string' ? Object.assign(made, { summary }) : made;
}

function complete(context: OperationContext, place: OperationPlace): Completion {
  const { description, validators, chance, diagnostics } = context;
  const { operation, pointer, pathItem, pathItemPointer } = place;
  const { responses, rules } = compileResponses(context, operation.responses, `${pointer}/responses`);
  const requestBody = compileRequestBody(
    description,
    validators,
    chance,
    operation.requestBody,
    `${pointer}/requestBody`,
  );
  return {
    parameters: withoutStrayPathParameters(
      context,
      place,
      compileParameters(
        description,
        validators,
        [
          { value: pathItem.parameters, pointer: `${pathItemPointer}/parameters` },
          { value: operation.parameters, pointer: `${pointer}/parameters` },
        ],
        diagnostics,
      ),
    ),
    ...(requestBody && { requestBody }),
    responses,
    callbacks: compileCallbacks(context, operation.callbacks, `${pointer}/callbacks`),
    fires: compileFires(context, place),
    rules: bySpecificity(rules),
  };
}

/** A path parameter that the template does not have could never be sent, and would make every request invalid. */
function withoutStrayPathParameters(
  { description, diagnostics }: OperationContext,
  { path }: OperationPlace,
  parameters: readonly Parameter[],
): Parameter[] {
  return parameters.filter(({ in: place, name, pointer }) => {
    if (place !== 'path' || path.includes(`{${name}}`)) return true;
    diagnostics.push(
      diagnose(
        description,
        pointer,
        'warning',
        'path-parameter-stray',
        `the path parameter "${name}" is not in the path ${path}`,
        `write {${name}} in the path, or remove the parameter; it is left out`,
      ),
    );
    return false;
  });
}

/** An extension of the operation, else of its path item. */
function extension<T>(
  { description, diagnostics }: OperationContext,
  place: OperationPlace,
  name: 'x-standin-resource' | 'x-standin-limit',
  parse: (value: never, pointer: string) => T,
): T | undefined {
  const { holder, at } = holderOf(place, name);
  return name in holder ? readExtension(description, name, holder[name], at, diagnostics, parse) : undefined;
}

/** Whether `x-standin-resource: false` says that it has no collection. */
export function isSilent(place: OperationPlace): boolean {
  return holderOf(place, 'x-standin-resource').holder['x-standin-resource'] === false;
}

function holderOf({ operation, pointer, pathItem, pathItemPointer }: OperationPlace, name: string) {
  return name in operation
    ? { holder: operation, at: `${pointer}/${name}` }
    : { holder: pathItem, at: `${pathItemPointer}/${name}` };
}

/** What `x-standin-resource` names must be there: examples, and path parameters. */
function checkNames(
  description: Description,
  { resource, responses, path }: Operation,
  at: string,
  diagnostics: Diagnostic[],
): void {
  if (!resource) return;
  const report = (where: string, message: string, advice: string) => {
    diagnostics.push(
      diagnose(description, `${at}${where}`, 'error', 'extension-invalid', `x-standin-resource ${message}`, advice),
    );
  };
  const mediaTypes = responses.flatMap(({ content }) => content);
  // Most are named in the document; reading what the others are made of takes long.
  const isNamed = (example: string) =>
    mediaTypes.some(({ exampleNames }) => exampleNames.includes(example)) ||
    mediaTypes.some((mediaType) => mediaType.examples().some(({ name }) => name === example));
  resource.unique.forEach(({ example }, index) => {
    if (example !== undefined && !isNamed(example))
      report(
        `/unique/${index}/example`,
        `names the example "${example}", which no response has`,
        'add it, or correct the name',
      );
  });
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const isOfItem = /^(?:read|replace|merge|delete|change)$/.test(resource.effect);
  if (resource.parameter !== undefined && !inPath.includes(resource.parameter))
    report(
      '/parameter',
      `finds the item by "${resource.parameter}", which the path lacks`,
      `name one of: ${inPath.join(', ') || 'none'}`,
    );
  else if (isOfItem && inPath.length === 0)
    report('/effect', `is "${resource.effect}", and the path names no item`, 'use create, upsert or list here');
  if (resource.change?.otherwise !== undefined && !isNamed(resource.change.otherwise))
    report(
      '/else',
      `names the example "${resource.change.otherwise}", which no response has`,
      'add it, or correct the name',
    );
  resource.change?.set.forEach(({ pointer, keys }) => {
    if (toPointer(resource.key) === pointer || resource.key.every((name, index) => keys[index] === name))
      report(`/set${toPointer([pointer])}`, 'sets the key, by which the item is found', 'set other members only');
  });
  resource.scope.forEach((name, index) => {
    if (!inPath.includes(name))
      report(
        `/scope/${index}`,
        `is scoped by "${name}", which the path lacks`,
        `name one of: ${inPath.join(', ') || 'none'}`,
      );
  });
  if (resource.parent && !inPath.includes(resource.parent.parameter)) {
    report(
      '/parent/parameter',
      `has a parent found by "${resource.parent.parameter}", which the path lacks`,
      `name one of: ${inPath.join(', ') || 'none'}`,
    );
  }
}

/** Each operation of the document, with its path item resolved. */
export function findOperations(description: Description, diagnostics: Diagnostic[]): OperationPlace[] {
  const { paths } = description.root;
  if (paths !== undefined && !isObject(paths)) {
    diagnostics.push(
      diagnose(
        description,
        '/paths',
        'error',
        'paths-invalid',
        'expected an object of paths',
        'write `paths:` with a mapping from /path to its operations',
      ),
    );
  }
  const places: OperationPlace[] = [];
  for (const [path, entry] of Object.entries(isObject(paths) ? paths : {})) {
    if (path.startsWith('x-')) continue;
    const found = resolvePathItem(description, entry, toPointer(['paths', path]), diagnostics);
    if (!found) continue;
    const { value: pathItem, pointer: pathItemPointer } = found;
    const report = (at: string, rule: string, message: string, advice: string) => {
      diagnostics.push(diagnose(description, at, 'warning', rule, message, advice));
    };
    if (!path.startsWith('/')) {
      report(pathItemPointer, 'path-invalid', `"${path}" does not start with a slash`, 'it is left out');
      continue;
    }
    if (!isObject(pathItem)) {
      report(pathItemPointer, 'path-item-invalid', 'expected a path item, an object', 'it is left out');
      continue;
    }
    for (const [method, operation, pointer] of operationsIn(pathItem, pathItemPointer)) {
      if (isObject(operation)) places.push({ method, path, operation, pointer, pathItem, pathItemPointer });
      else report(pointer, 'operation-invalid', 'expected an operation, an object', 'it is left out');
    }
  }
  return places;
}

/** One path that leads nowhere is no reason to serve none. */
function resolvePathItem(description: Description, entry: unknown, pointer: string, diagnostics: Diagnostic[]) {
  try {
    return resolve(description, entry, pointer);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    for (const found of error.diagnostics)
      diagnostics.push({ ...found, severity: 'warning', message: `${found.message}; the path is left out` });
    return undefined;
  }
}
