import {
  type Description,
  type Diagnostic,
  DocumentError,
  isObject,
  type Resolved,
  resolve,
  toPointer,
} from '../documents/index.js';
import { type CallbackUrl, parseCallbackUrl } from './callback-url.js';
import type { Chance } from './chance.js';
import type { Parameter, RequestBody, SecurityRequirement } from './contract.js';
import { compileParameters } from './parameter.js';
import { compileRequestBody } from './request-body.js';
import type { Validators } from './schema/index.js';
import { compileSecurity } from './security.js';

/** A request that the API makes of its client (OpenAPI 3.1.1 §4.8.18). */
export interface Callback {
  /** Its key in `callbacks`. */
  readonly name: string;
  readonly pointer: string;
  readonly url: CallbackUrl;
  /** Upper case. */
  readonly method: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly security: readonly SecurityRequirement[];
}

export interface CallbackContext {
  readonly description: Description;
  readonly validators: Validators;
  readonly chance: Chance;
  readonly diagnostics: Diagnostic[];
  readonly security: readonly SecurityRequirement[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** The callbacks of an operation: each method of each URL of each name. */
export function compileCallbacks(context: CallbackContext, value: unknown, pointer: string): Callback[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, entry]) => {
    if (name.startsWith('x-')) return [];
    return orNone(context, () =>
      compileNamed(context, name, resolve(context.description, entry, `${pointer}${toPointer([name])}`)),
    );
  });
}

function compileNamed(context: CallbackContext, name: string, callback: Resolved): Callback[] {
  const { description } = context;
  return Object.entries(isObject(callback.value) ? callback.value : {}).flatMap(([key, item]) => {
    const url = key.startsWith('x-') ? undefined : parseCallbackUrl(key);
    const at = resolve(description, item, `${callback.pointer}${toPointer([key])}`);
    const { value: pathItem } = at;
    if (!url || !isObject(pathItem)) return [];
    return methods.flatMap((method): Callback[] => {
      const operation = pathItem[method];
      return isObject(operation)
        ? [compileCallback(context, { name, url, method, operation, pathItem, pointer: at.pointer })]
        : [];
    });
  });
}

/** A callback that can't be read is no reason to leave its operation out. */
function orNone({ diagnostics }: CallbackContext, compile: () => Callback[]): Callback[] {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    diagnostics.push(...error.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const })));
    return [];
  }
}

interface CallbackPlace {
  readonly name: string;
  readonly url: CallbackUrl;
  readonly method: string;
  readonly operation: Readonly<Record<string, unknown>>;
  readonly pathItem: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

function compileCallback(
  { description, validators, chance, diagnostics, security }: CallbackContext,
  { name, url, method, operation, pathItem, pointer }: CallbackPlace,
): Callback {
  const at = `${pointer}/${method}`;
  const requestBody = compileRequestBody(description, validators, chance, operation.requestBody, `${at}/requestBody`);
  return {
    name,
    pointer: at,
    url,
    method: method.toUpperCase(),
    parameters: compileParameters(
      description,
      validators,
      [
        { value: pathItem.parameters, pointer: `${pointer}/parameters` },
        { value: operation.parameters, pointer: `${at}/parameters` },
      ],
      diagnostics,
    ),
    ...(requestBody && { requestBody }),
    security:
      operation.security === undefined
        ? security
        : compileSecurity(description, operation.security, `${at}/security`, diagnostics),
  };
}
