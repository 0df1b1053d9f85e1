import { type Contract, compile, type Operation } from '../contract/index.js';
import { loadDocument } from './load-document.js';

/** The contract of a document, written to a file so that its diagnostics have places; of `openapi` and `info` there are defaults. */
export function compileDocument(
  document: Readonly<Record<string, unknown>> | string,
  ...overlays: unknown[]
): Contract {
  const info = { title: 'API', version: '1.0.0' };
  return compile(
    loadDocument(typeof document === 'string' ? document : { openapi: '3.1.1', info, ...document }, ...overlays),
  );
}

/** The operation `POST /things/{id}`, in a document of its own. */
export function compileOperationObject(
  operation: Readonly<Record<string, unknown>>,
  document: Readonly<Record<string, unknown>> = {},
): Operation {
  const contract = compileDocument({ ...document, paths: { '/things/{id}': { post: operation } } });
  return contract.operations[0] as Operation;
}
