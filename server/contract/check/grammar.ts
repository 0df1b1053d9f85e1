/** The objects of OpenAPI 3.0 to 3.2, as far as something is to be found in them. */
export type Kind =
  | 'Callback'
  | 'Components'
  | 'Discriminator'
  | 'Document'
  | 'Encoding'
  | 'Example'
  | 'Header'
  | 'Info'
  | 'Link'
  | 'MediaType'
  | 'OAuthFlow'
  | 'OAuthFlows'
  | 'Operation'
  | 'Parameter'
  | 'PathItem'
  | 'Paths'
  | 'RequestBody'
  | 'Response'
  | 'Responses'
  | 'Schema'
  | 'SecurityRequirement'
  | 'SecurityScheme'
  | 'Server'
  | 'ServerVariable'
  | 'Tag';

/** One object, a list of them (`[]`), or a map from names to them (`{}`). */
export type Holding = Kind | `${Kind}[]` | `${Kind}{}`;

export interface Grammar {
  /** Fields that hold other objects. */
  readonly holds?: Readonly<Record<string, Holding>>;
  /** What each member that is not an extension holds, where the names are the author's. */
  readonly members?: Kind;
  /** Other fields that any version has; absent where other fields are not looked at. */
  readonly others?: readonly string[];
  readonly required?: readonly string[];
}

const parameter: Grammar = {
  holds: { schema: 'Schema', content: 'MediaType{}', examples: 'Example{}' },
  others: [
    'name',
    'in',
    'description',
    'required',
    'deprecated',
    'allowEmptyValue',
    'style',
    'explode',
    'allowReserved',
    'example',
  ],
};

/** What each object holds, of all versions together: a field that a later version brought is no mistake worth a word. */
export const grammar: Readonly<Record<Kind, Grammar>> = {
  Document: {
    holds: {
      info: 'Info',
      servers: 'Server[]',
      paths: 'Paths',
      webhooks: 'PathItem{}',
      'x-webhooks': 'PathItem{}',
      components: 'Components',
      security: 'SecurityRequirement[]',
      tags: 'Tag[]',
    },
    others: ['openapi', '$self', 'jsonSchemaDialect', 'externalDocs'],
    required: ['info'],
  },
  Info: {
    others: ['title', 'summary', 'description', 'termsOfService', 'contact', 'license', 'version'],
    required: ['title', 'version'],
  },
  Paths: { members: 'PathItem' },
  PathItem: {
    holds: {
      get: 'Operation',
      put: 'Operation',
      post: 'Operation',
      delete: 'Operation',
      options: 'Operation',
      head: 'Operation',
      patch: 'Operation',
      trace: 'Operation',
      query: 'Operation',
      additionalOperations: 'Operation{}',
      servers: 'Server[]',
      parameters: 'Parameter[]',
    },
    others: ['summary', 'description'],
  },
  Operation: {
    holds: {
      parameters: 'Parameter[]',
      requestBody: 'RequestBody',
      responses: 'Responses',
      callbacks: 'Callback{}',
      security: 'SecurityRequirement[]',
      servers: 'Server[]',
    },
    others: ['tags', 'summary', 'description', 'externalDocs', 'operationId', 'deprecated'],
  },
  Parameter: { ...parameter, required: ['name', 'in'] },
  Header: parameter,
  RequestBody: { holds: { content: 'MediaType{}' }, others: ['description', 'required'], required: ['content'] },
  MediaType: {
    holds: {
      schema: 'Schema',
      itemSchema: 'Schema',
      examples: 'Example{}',
      encoding: 'Encoding{}',
      prefixEncoding: 'Encoding[]',
      itemEncoding: 'Encoding',
    },
    others: ['example', 'description'],
  },
  Encoding: {
    holds: { headers: 'Header{}', encoding: 'Encoding{}', prefixEncoding: 'Encoding[]', itemEncoding: 'Encoding' },
    others: ['contentType', 'style', 'explode', 'allowReserved'],
  },
  Responses: { members: 'Response' },
  Response: {
    holds: { headers: 'Header{}', content: 'MediaType{}', links: 'Link{}' },
    others: ['summary', 'description'],
  },
  Callback: { members: 'PathItem' },
  // Of what has no value, `example-missing` says more than that its fields are unknown.
  Example: {},
  Link: {
    holds: { server: 'Server' },
    others: ['operationRef', 'operationId', 'parameters', 'requestBody', 'description'],
  },
  Tag: { others: ['name', 'summary', 'description', 'externalDocs', 'parent', 'kind'], required: ['name'] },
  Server: {
    holds: { variables: 'ServerVariable{}' },
    others: ['url', 'description', 'name'],
    required: ['url'],
  },
  ServerVariable: { others: ['enum', 'default', 'description'], required: ['default'] },
  Components: {
    holds: {
      schemas: 'Schema{}',
      responses: 'Response{}',
      parameters: 'Parameter{}',
      examples: 'Example{}',
      requestBodies: 'RequestBody{}',
      headers: 'Header{}',
      securitySchemes: 'SecurityScheme{}',
      links: 'Link{}',
      callbacks: 'Callback{}',
      pathItems: 'PathItem{}',
      mediaTypes: 'MediaType{}',
    },
    others: [],
  },
  SecurityScheme: {
    holds: { flows: 'OAuthFlows' },
    others: [
      'type',
      'description',
      'name',
      'in',
      'scheme',
      'bearerFormat',
      'openIdConnectUrl',
      'oauth2MetadataUrl',
      'deprecated',
    ],
    required: ['type'],
  },
  OAuthFlows: {
    holds: {
      implicit: 'OAuthFlow',
      password: 'OAuthFlow',
      clientCredentials: 'OAuthFlow',
      authorizationCode: 'OAuthFlow',
      deviceAuthorization: 'OAuthFlow',
    },
    others: [],
  },
  OAuthFlow: {
    others: ['authorizationUrl', 'deviceAuthorizationUrl', 'tokenUrl', 'refreshUrl', 'scopes'],
    required: ['scopes'],
  },
  SecurityRequirement: {},
  Discriminator: { others: ['propertyName', 'mapping', 'defaultMapping'], required: ['propertyName'] },
  Schema: {
    holds: {
      properties: 'Schema{}',
      patternProperties: 'Schema{}',
      dependentSchemas: 'Schema{}',
      $defs: 'Schema{}',
      definitions: 'Schema{}',
      items: 'Schema',
      additionalProperties: 'Schema',
      not: 'Schema',
      if: 'Schema',
      // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword.
      then: 'Schema',
      else: 'Schema',
      contains: 'Schema',
      propertyNames: 'Schema',
      unevaluatedItems: 'Schema',
      unevaluatedProperties: 'Schema',
      contentSchema: 'Schema',
      allOf: 'Schema[]',
      anyOf: 'Schema[]',
      oneOf: 'Schema[]',
      prefixItems: 'Schema[]',
      discriminator: 'Discriminator',
    },
  },
};

/** How a kind is spoken of. */
export function nameOfKind(kind: Kind): string {
  const words = kind
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replace(/^OAuth/, 'OAuth ')
    .toLowerCase();
  return `${/^[aeio]/.test(words) ? 'an' : 'a'} ${words.replace('oauth', 'OAuth')}`;
}
