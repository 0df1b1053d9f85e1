import { DocumentError, isObject, resolve } from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import type { Part } from '../parts.js';
import type { CheckRule } from '../rule.js';

/** The operation that a link leads to; why there is none. */
function targetOf(
  document: CheckedDocument,
  { value, pointer }: Part,
): { readonly operationPointer: string } | { readonly wrong: string } | undefined {
  const { operationId, operationRef } = value;
  if (typeof operationId === 'string') {
    const found = document.parts.of('Operation').find((operation) => operation.value.operationId === operationId);
    return found ? { operationPointer: found.pointer } : { wrong: `no operation has the operationId "${operationId}"` };
  }
  if (typeof operationRef !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(operationRef)) return undefined;
  try {
    const found = resolve(document.description, { $ref: operationRef }, pointer);
    const isOperation =
      isObject(found.value) && (document.parts.at(found.pointer)?.kind ?? 'Operation') === 'Operation';
    return isOperation ? { operationPointer: found.pointer } : { wrong: `"${operationRef}" is no operation` };
  } catch (error) {
    if (error instanceof DocumentError) return { wrong: `"${operationRef}" leads to no operation` };
    throw error;
  }
}

export const links: readonly CheckRule[] = [
  {
    id: 'link-operation',
    severity: 'error',
    finds: 'A link whose `operationId` or `operationRef` leads to no operation, or that has both or neither.',
    advice: 'name an operation of the document',
    *examine(document) {
      for (const link of document.parts.of('Link')) {
        const { operationId, operationRef } = link.value;
        if (operationId !== undefined && operationRef !== undefined)
          yield {
            pointer: link.pointer,
            message: 'this link has both an operationId and an operationRef',
            advice: 'remove one',
          };
        else if (operationId === undefined && operationRef === undefined)
          yield { pointer: link.pointer, message: 'this link has neither an operationId nor an operationRef' };
        const target = targetOf(document, link);
        if (target && 'wrong' in target)
          yield {
            pointer: `${link.pointer}/${operationId === undefined ? 'operationRef' : 'operationId'}`,
            message: target.wrong,
          };
      }
    },
  },
  {
    id: 'link-parameter',
    severity: 'warning',
    finds: 'A link that sets a parameter which its operation does not have.',
    advice: 'correct the name, or describe the parameter there',
    *examine(document) {
      for (const link of document.parts.of('Link')) {
        const target = targetOf(document, link);
        if (!target || 'wrong' in target || !isObject(link.value.parameters)) continue;
        const endpoint = document.endpoints.find(({ pointer }) => pointer === target.operationPointer);
        if (!endpoint) continue;
        const known = new Set(
          [...endpoint.pathParameters, ...endpoint.operationParameters].flatMap(({ value }) => [
            String(value.name),
            `${value.in}.${value.name}`,
          ]),
        );
        for (const name of Object.keys(link.value.parameters))
          if (!known.has(name))
            yield {
              pointer: `${link.pointer}/parameters/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
              message: `${endpoint.method} ${endpoint.path} has no parameter "${name}"`,
            };
      }
    },
  },
];
