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

/** Where a response leads (OpenAPI 3.1.1 §4.8.20). The server does not follow it. */
export interface Link {
  /** Its key in `links`. */
  readonly name: string;
  readonly pointer: string;
  readonly operationId?: string;
  readonly operationRef?: string;
  /** By the name of the linked operation's parameter, which may have its place before it (`path.id`). */
  readonly parameters: Readonly<Record<string, LinkValue>>;
  readonly requestBody?: LinkValue;
  /** URL of the server to follow it to, where it is not that of the operation. */
  readonly server?: string;
}

/** A value as it is, or a text made of runtime expressions. */
export type LinkValue = { readonly value: unknown } | { readonly text: CallbackUrl };

/** The links of a response. One that can't be read is no reason to leave its operation out. */
export function compileLinks(
  description: Description,
  diagnostics: Diagnostic[],
  value: unknown,
  pointer: string,
): Link[] {
  return Object.entries(isObject(value) ? value : {}).flatMap(([name, entry]): Link[] => {
    try {
      return compileLink(name, resolve(description, entry, `${pointer}${toPointer([name])}`));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      diagnostics.push(...error.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const })));
      return [];
    }
  });
}

function compileLink(name: string, { value: link, pointer: at }: Resolved): Link[] {
  if (!isObject(link)) return [];
  const { operationId, operationRef, parameters, requestBody, server } = link;
  return [
    {
      name,
      pointer: at,
      ...(typeof operationId === 'string' && { operationId }),
      ...(typeof operationRef === 'string' && { operationRef }),
      parameters: Object.fromEntries(
        Object.entries(isObject(parameters) ? parameters : {}).map(([key, member]) => [key, linkValue(member)]),
      ),
      ...(requestBody !== undefined && { requestBody: linkValue(requestBody) }),
      ...(isObject(server) && typeof server.url === 'string' && { server: server.url }),
    },
  ];
}

function linkValue(value: unknown): LinkValue {
  if (typeof value !== 'string' || !/^\$|\{\$/.test(value)) return { value };
  const text = parseCallbackUrl(value);
  return text ? { text } : { value };
}
