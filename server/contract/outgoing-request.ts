import { type Description, type Diagnostic, isObject, type Resolved } from '../documents/index.js';
import type { Chance } from './chance.js';
import type { Parameter, RequestBody, SecurityRequirement, Server } from './contract.js';
import { compileParameters } from './parameter.js';
import { operationsIn } from './path-item.js';
import { compileRequestBody } from './request-body.js';
import type { Validators } from './schema/index.js';
import { compileSecurity } from './security.js';
import { compileServers } from './servers.js';

/** A request that the API makes of others: a callback, or a webhook. */
export interface OutgoingRequest {
  /** Its key in `callbacks` or `webhooks`. */
  readonly name: string;
  readonly pointer: string;
  /** Upper case; those of `additionalOperations` as documented. */
  readonly method: string;
  readonly summary?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  /** What the receiver may answer: `200`, `4XX` or `default`. */
  readonly statuses: readonly string[];
  readonly security: readonly SecurityRequirement[];
  /** Its own; those of the document are the API's. */
  readonly servers: readonly Server[];
}

export interface OutgoingContext {
  readonly description: Description;
  readonly validators: Validators;
  readonly chance: Chance;
  readonly diagnostics: Diagnostic[];
  readonly security: readonly SecurityRequirement[];
}

/** Each method of a path item of callbacks or webhooks. */
export function compileOutgoingRequests(
  context: OutgoingContext,
  name: string,
  { value: pathItem, pointer }: Resolved,
): OutgoingRequest[] {
  if (!isObject(pathItem)) return [];
  return operationsIn(pathItem, pointer).flatMap(([method, operation, at]) =>
    isObject(operation) ? [compileOutgoing(context, { name, method, operation, at, pathItem, pointer })] : [],
  );
}

interface OutgoingPlace {
  readonly name: string;
  readonly method: string;
  readonly operation: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly pathItem: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

function compileOutgoing(
  { description, validators, chance, diagnostics, security }: OutgoingContext,
  { name, method, operation, at, pathItem, pointer }: OutgoingPlace,
): OutgoingRequest {
  const requestBody = compileRequestBody(description, validators, chance, operation.requestBody, `${at}/requestBody`);
  const { responses } = operation;
  return {
    name,
    pointer: at,
    method,
    ...(typeof operation.summary === 'string' && { summary: operation.summary }),
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
    statuses: Object.keys(isObject(responses) ? responses : {})
      .filter((status) => !status.startsWith('x-'))
      .map((status) => status.replace(/x/g, 'X')),
    security:
      operation.security === undefined
        ? security
        : compileSecurity(description, operation.security, `${at}/security`, diagnostics),
    servers: compileServers(operation.servers, compileServers(pathItem.servers, [])),
  };
}
