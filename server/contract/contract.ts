import type { Description, Diagnostic } from '../documents/index.js';
import type { Fire } from './behaviour/fire.js';
import type { Limit } from './behaviour/limit.js';
import type { Resource } from './behaviour/resource.js';
import type { Rule } from './behaviour/rule.js';
import type { Template } from './behaviour/template.js';
import type { Callback } from './callback.js';
import type { Link } from './link.js';
import type { Codec } from './media/codec.js';
import type { ContentType } from './media-type.js';
import type { Direction } from './schema/dialect.js';
import type { Located } from './schema/flatten.js';
import type { Sampler } from './schema/sample.js';
import type { Validator } from './schema/validator.js';
import type { Shape } from './shape.js';
import type { Violation } from './violation.js';
import type { Webhook } from './webhook.js';

/** One API, compiled: all that later steps need to know of its document. */
export interface Contract {
  /** Short name, fit for a URL segment. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly servers: readonly Server[];
  readonly operations: readonly Operation[];
  /** Those whose collection is declared: the others' are inferred, when first asked for. */
  readonly declaring: readonly Operation[];
  /** What the API asks of those who have told it a URL; compiled when first asked for. */
  readonly webhooks: () => readonly Webhook[];
  /** What was found while compiling. */
  readonly diagnostics: readonly Diagnostic[];
  readonly description: Description;
  /** The validator of any schema of the description, as bodies in that direction are read. */
  readonly validatorOf: (located: Located, direction: Direction) => Validator;
  /** What makes values of any schema of the description. */
  readonly samplerOf: (located: Located, direction: Direction) => Sampler;
}

/** A server URL, taken apart. Of one with variables there is one for each combination of the values they may have, defaults first. */
export interface Server {
  readonly url: string;
  /** Lower case, with the port where one is given; absent for relative URLs. */
  readonly host?: string;
  /** Starts with a slash, ends without; empty for none. A `{name}` in it stands for any text without a slash. */
  readonly basePath: string;
}

export interface Operation {
  /** `operationId`, else `METHOD /path`. Unique in its contract. */
  readonly id: string;
  /** Upper case; those of `additionalOperations` as documented. */
  readonly method: string;
  /** The key of `paths`, as documented: a path template, sometimes with a query or fragment (see `parsePathKey`). */
  readonly path: string;
  readonly pointer: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly servers: readonly Server[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: readonly Response[];
  /** Alternatives, any of which is enough; each needs all its schemes. Empty: anybody may call. */
  readonly security: readonly SecurityRequirement[];
  readonly resource?: Resource;
  readonly limit?: Limit;
  /** What the API asks of its client after a success. */
  readonly callbacks: readonly Callback[];
  /** The webhooks that follow its replies. */
  readonly fires: readonly Fire[];
  /** Declared conditions, the one that says most first. */
  readonly rules: readonly Rule[];
}

export interface Parameter {
  readonly name: string;
  /** `querystring` is the whole query, as one value (OpenAPI 3.2). */
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly required: boolean;
  /** One of OpenAPI's, or `tabDelimited`, which stands for the `tsv` of OpenAPI 2.0. */
  readonly style: string;
  readonly explode: boolean;
  /** Between the items of lists in a list, by depth; only OpenAPI 2.0 says so (`collectionFormat` of its Items Object). */
  readonly itemDelimiters: readonly string[];
  readonly allowEmptyValue: boolean;
  /** Whether characters that mean something in a URL may come as they are. */
  readonly allowReserved: boolean;
  readonly pointer: string;
  /** What its text is read as. */
  readonly shape: () => Shape;
  /** Media type, where the parameter is described by `content`. */
  readonly mediaType?: string;
  readonly validator: Validator;
  readonly examples: () => readonly unknown[];
  readonly sample: Sampler;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly RequestMediaType[];
  readonly pointer: string;
}

export interface RequestMediaType {
  /** A media type or a range of them, lower case, without parameters. */
  readonly mediaType: string;
  /** As documented: the same, with its parameters. */
  readonly documented: ContentType;
  /** What a client sends it as; of a range, one of its types. */
  readonly contentType: string;
  /** How content of the type, or of one in the range, is read and written. */
  readonly codecFor: (essence: string) => Codec;
  /** A value without what only the server sets: properties marked `readOnly`. */
  readonly withoutReadOnly: (value: unknown) => unknown;
  readonly pointer: string;
  readonly validator: Validator;
  readonly examples: () => readonly Example[];
  readonly sample: Sampler;
  /** Names of the properties the schema documents; `undefined` where it documents none or is open to all. */
  readonly properties: () => ReadonlySet<string> | undefined;
  /** How a value is put together. */
  readonly shape: Shape;
  /** The schema as documented, for those who derive cases from it. */
  readonly schema: unknown;
  readonly schemaPointer: string;
}

export interface Response {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly pointer: string;
  readonly headers: readonly ResponseHeader[];
  readonly content: readonly ResponseMediaType[];
  readonly links: readonly Link[];
}

export interface ResponseHeader {
  readonly name: string;
  readonly required: boolean;
  readonly pointer: string;
  readonly validator: Validator;
  /** The value that its text stands for, by its schema; a text that is no such value, for the validator to refuse. */
  readonly read: (text: string) => unknown;
  /** The documented value, or a generated one, serialised; a list is one header each. */
  readonly value: () => string | readonly string[] | undefined;
}

export interface ResponseMediaType {
  /** A media type or a range of them, lower case, without parameters. */
  readonly mediaType: string;
  /** What it is sent as, parameters included; of a range, one of its types. */
  readonly contentType: string;
  readonly codec: Codec;
  /** Of a range only: the media type as another of its types; `undefined` where it is not in the range. */
  readonly as?: (essence: string) => ResponseMediaType | undefined;
  readonly pointer: string;
  readonly validator: Validator;
  /** The names that the document gives its `examples`. */
  readonly exampleNames: readonly string[];
  /** In the order of the document, derived from the schema where there are none. Never empty. */
  readonly examples: () => readonly Example[];
  readonly sample: Sampler;
  /** Names of the properties the schema documents; `undefined` where it documents none or is open to all. */
  readonly properties: () => ReadonlySet<string> | undefined;
  /** How a value is put together; of content that is a list of items, each of them. */
  readonly shape: Shape;
  /** A value without what the schema says is only written (`writeOnly`). */
  readonly sentPart: (value: unknown) => unknown;
  /** `x-standin-value` of the media type itself. */
  readonly template?: Template;
}

/** How an example fares against its schema. */
export type ExampleState =
  | { readonly kind: 'valid' }
  /** It was a broken form of a valid value, and what is served is that value. */
  | { readonly kind: 'repaired'; readonly how: string }
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

export interface Example {
  /** Its key in `examples`; for schema examples the branch's name; `undefined` for a lone one. */
  readonly name?: string;
  readonly summary?: string;
  readonly origin: 'documented' | 'schema' | 'generated';
  readonly pointer: string;
  readonly value: unknown;
  /** The body, as it goes out. */
  readonly bytes: Buffer;
  readonly state: ExampleState;
  readonly template?: Template;
}

export interface SecurityRequirement {
  readonly schemes: readonly SecurityScheme[];
}

export interface SecurityScheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** `http`: lower case, e.g. `bearer`. */
  readonly scheme?: string;
  /** `apiKey` */
  readonly in?: 'query' | 'header' | 'cookie';
  readonly parameterName?: string;
  readonly scopes: readonly string[];
}
