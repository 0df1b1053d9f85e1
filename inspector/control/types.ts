/** What the control API answers, as its document (server/control/openapi.yaml) says. */

export interface Api {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly operations: number;
  /** Where it is served; empty at the root. */
  readonly path: string;
  readonly file: string;
}

export interface Example {
  readonly name?: string;
  readonly summary?: string;
  readonly origin?: 'documented' | 'schema' | 'generated';
  readonly isValid?: boolean;
  readonly pointer: string;
  readonly value?: unknown;
  /** As it goes over the wire, where that is text but no JSON. */
  readonly text?: string;
}

export interface Content {
  readonly mediaType: string;
  readonly contentType?: string;
  readonly examples: readonly Example[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly mediaType?: string;
  readonly itemDelimiters?: readonly string[];
  readonly examples?: readonly unknown[];
}

export interface Scheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  readonly scheme?: string;
  readonly in?: 'query' | 'header' | 'cookie';
  readonly parameterName?: string;
  readonly scopes: readonly string[];
}

export interface Response {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly headers: readonly string[];
  readonly content: readonly Content[];
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly pointer: string;
  readonly place?: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: readonly Content[] };
  readonly responses: readonly Response[];
  /** Alternatives, each of which needs all its schemes. */
  readonly security: readonly (readonly Scheme[])[];
  readonly collection?: string;
  readonly effect?: string;
  readonly limit?: { readonly requests: number; readonly seconds: number };
}

export interface DocumentProblem {
  readonly severity: 'error' | 'warning' | 'note';
  readonly rule: string;
  readonly message: string;
  readonly advice?: string;
  /** `file:line:column` */
  readonly place: string;
  readonly pointer?: string;
}

export interface Violation {
  readonly location: string;
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
}

export interface Body {
  readonly size: number;
  readonly isWhole: boolean;
  readonly text?: string;
  readonly base64?: string;
}

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface Entry {
  readonly number: number;
  readonly time: string;
  /** In milliseconds. */
  readonly duration: number;
  readonly session: string;
  readonly api?: string;
  readonly operation?: string;
  readonly verdict: 'valid' | 'invalid' | 'undocumented';
  readonly reason: string;
  readonly problem?: string;
  readonly example?: string;
  readonly violations?: readonly Violation[];
  readonly request: { readonly method: string; readonly url: string; readonly headers?: Headers; readonly body?: Body };
  readonly response: { readonly status: number; readonly headers?: Headers; readonly body?: Body };
}

export interface Collection {
  readonly api: string;
  readonly collection: string;
  /** JSON Pointer to what tells an item from the others. */
  readonly key: string;
  readonly scope: readonly string[];
  readonly isInferred: boolean;
  readonly partitions: readonly { readonly scope: readonly string[]; readonly items: number }[];
}

export interface Partition {
  readonly api: string;
  readonly collection: string;
  readonly scope: readonly string[];
  readonly items: readonly unknown[];
}

export interface Forced {
  readonly id: string;
  readonly api: string;
  readonly operation: string;
  readonly times: number | 'always';
  readonly status?: number;
  readonly example?: string;
  readonly mediaType?: string;
  readonly delay?: number;
  readonly body?: unknown;
  readonly criteria?: readonly unknown[];
}

export interface Share {
  readonly met: number;
  readonly documented: number;
}

export interface Coverage {
  readonly summary: Readonly<Record<string, Share>>;
  readonly apis: readonly { readonly name: string; readonly operations: readonly OperationCoverage[] }[];
}

export interface OperationCoverage {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly requests: number;
  readonly responses: readonly {
    readonly status: string;
    readonly requests: number;
    readonly content: readonly {
      readonly mediaType: string;
      readonly requests: number;
      readonly examples: readonly { readonly name?: string; readonly requests: number }[];
    }[];
  }[];
}
