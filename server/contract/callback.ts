import {
  type Diagnostic,
  DocumentError,
  diagnose,
  isObject,
  type Resolved,
  resolve,
  toPointer,
} from '../documents/index.js';
import { type CallbackUrl, parseCallbackUrl } from './callback-url.js';
import { compileOutgoingRequests, type OutgoingContext, type OutgoingRequest } from './outgoing-request.js';

/** A request that the API makes of its client (OpenAPI 3.1.1 §4.8.18). */
export interface Callback extends OutgoingRequest {
  readonly url: CallbackUrl;
}

/** The callbacks of an operation: each method of each URL of each name. */
export function compileCallbacks(context: OutgoingContext, value: unknown, pointer: string): Callback[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, entry]) => {
    if (name.startsWith('x-')) return [];
    return orNone(context.diagnostics, () =>
      compileNamed(context, name, resolve(context.description, entry, `${pointer}${toPointer([name])}`)),
    );
  });
}

function compileNamed(context: OutgoingContext, name: string, callback: Resolved): Callback[] {
  const { description, diagnostics } = context;
  return Object.entries(isObject(callback.value) ? callback.value : {}).flatMap(([key, item]) => {
    if (key.startsWith('x-')) return [];
    const at = `${callback.pointer}${toPointer([key])}`;
    const url = parseCallbackUrl(key);
    if (!url) {
      const message = `the callback URL "${key}" has an expression that can't be read`;
      const advice = 'write {$request.body#/POINTER}, {$request.query.NAME} or another of OpenAPI; it is left out';
      diagnostics.push(diagnose(description, at, 'warning', 'callback-url-invalid', message, advice));
      return [];
    }
    return compileOutgoingRequests(context, name, resolve(description, item, at)).map((request) => ({
      ...request,
      url,
    }));
  });
}

/** What can't be read is no reason to leave out the operation that has it, or its like. */
export function orNone<T>(diagnostics: Diagnostic[], compile: () => T[]): T[] {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    diagnostics.push(...error.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const })));
    return [];
  }
}
