import type { Operation } from '../contract/index.js';
import type { ApiRequest } from './api-request.js';
import { decodeParameters } from './decode-parameters.js';
import { readBody } from './read-body.js';

/** Whether an operation finds nothing wrong with a request's values. Content that takes time to read is not waited for. */
export function fits(operation: Operation, request: ApiRequest): boolean {
  if (decodeParameters(operation, request).violations.length > 0) return false;
  const body = readBody(operation.requestBody, request);
  return !(body instanceof Promise) && body.kind === 'read' && body.violations.length === 0;
}
