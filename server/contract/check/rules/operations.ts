import { DocumentError, isObject } from '../../../documents/index.js';
import { fixedMethods } from '../../path-item.js';
import type { CheckedDocument } from '../checked-document.js';
import { type Endpoint, templateNames } from '../endpoints.js';
import type { CheckRule } from '../rule.js';
import { shapeOf } from './paths.js';

/** More ways than this to fill a path with the values of its enumerations are not tried. */
const expansionsMax = 200;

/** Each path that a template with enumerated parameters stands for; `undefined` where they are not all enumerated. */
function expansionsOf(document: CheckedDocument, endpoint: Endpoint): string[] | undefined {
  let expanded = [endpoint.path];
  const parameters = [...endpoint.operationParameters, ...endpoint.pathParameters];
  for (const name of templateNames(endpoint.path)) {
    const declared = parameters.find(({ value }) => value.in === 'path' && value.name === name);
    const schema = declared && document.flatten(declared.value.schema, `${declared.pointer}/schema`);
    const values = Array.isArray(schema?.enum) ? schema.enum : undefined;
    if (!values || expanded.length * values.length > expansionsMax) return undefined;
    expanded = expanded.flatMap((path) => values.map((value) => path.replace(`{${name}}`, String(value))));
  }
  return expanded;
}

export const operations: readonly CheckRule[] = [
  {
    id: 'no-operations',
    severity: 'warning',
    finds: 'A document with neither operations, webhooks nor components.',
    advice: 'add an operation under `paths`',
    *examine({ parts }) {
      // Where something else stands in their place, that is told already.
      const isTold =
        parts.misfits.some(({ expected }) => /^(?:Paths|PathItem|Operation)/.test(expected)) ||
        parts.references.some(({ kind, target }) => kind === 'PathItem' && target instanceof DocumentError);
      if (parts.of('Operation').length === 0 && parts.of('Components').length === 0 && !isTold)
        yield { pointer: parts.of('Paths').length > 0 ? '/paths' : '', message: 'this document has no operation' };
    },
  },
  {
    id: 'operation-id-repeated',
    severity: 'error',
    finds: 'An `operationId` that another operation has.',
    advice: 'give each operation its own',
    *examine({ parts }) {
      const taken = new Set<string>();
      for (const { value, pointer } of parts.of('Operation')) {
        if (typeof value.operationId !== 'string') continue;
        if (taken.has(value.operationId))
          yield { pointer: `${pointer}/operationId`, message: `the operationId "${value.operationId}" is taken` };
        taken.add(value.operationId);
      }
    },
  },
  {
    id: 'operation-unreachable',
    severity: 'warning',
    finds:
      'An operation that no request comes to: its path and method are those of an earlier one but for the names of parameters, or each value that its path parameters may have is a path of its own.',
    advice: 'give it a path of its own, or remove it',
    *examine(document) {
      const first = new Map<string, Endpoint>();
      const exact = new Map(document.endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
      for (const endpoint of document.endpoints) {
        const { method, path, pointer } = endpoint;
        const key = `${method} ${shapeOf(path)}`;
        const known = first.get(key);
        if (known && known.path !== path)
          yield { pointer, message: `no request comes to ${method} ${path}: ${method} ${known.path} takes them all` };
        else first.set(key, endpoint);
        if (!path.includes('{')) continue;
        const expansions = expansionsOf(document, endpoint);
        if (expansions && expansions.length > 0 && expansions.every((expansion) => exact.has(`${method} ${expansion}`)))
          yield {
            pointer,
            message: `no request comes to ${method} ${path}: each path it stands for has an operation of its own`,
          };
      }
    },
  },
  {
    id: 'method-repeated',
    severity: 'error',
    finds: 'OpenAPI 3.2: a method in `additionalOperations` that has a field of its own on the path item.',
    advice: 'move the operation to that field',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('PathItem'))
        for (const method of Object.keys(isObject(value.additionalOperations) ? value.additionalOperations : {}))
          if ((fixedMethods as readonly string[]).includes(method.toLowerCase()) && method === method.toUpperCase())
            yield {
              pointer: `${pointer}/additionalOperations/${method}`,
              message: `${method} has a field of its own, \`${method.toLowerCase()}\``,
            };
    },
  },
  {
    id: 'request-body-unsendable',
    severity: 'warning',
    finds:
      'A GET, HEAD or TRACE operation whose request body is required: browsers and many clients send none, so nobody can call it as documented.',
    advice: 'make the body optional, describe parameters instead, or use another method',
    *examine(document) {
      for (const { method, operation, pointer, path } of document.endpoints) {
        if (!['GET', 'HEAD', 'TRACE'].includes(method)) continue;
        const body = document.follow(operation.requestBody, `${pointer}/requestBody`);
        if (body?.value.required === true)
          yield {
            pointer: `${pointer}/requestBody`,
            message: `${method} ${path} requires a body, which most clients can't send with ${method}`,
          };
      }
    },
  },
];
