import { isObject, toPointer } from '../../../documents/index.js';
import { type CheckedDocument, membersOf } from '../checked-document.js';
import type { CheckRule, Finding } from '../rule.js';

const flowNames = ['implicit', 'password', 'clientCredentials', 'authorizationCode', 'deviceAuthorization'];

/** What each type of scheme needs (OpenAPI 3.2 §4.27.1). */
const needs: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['name', 'in'],
  http: ['scheme'],
  oauth2: ['flows'],
  openIdConnect: ['openIdConnectUrl'],
  mutualTLS: [],
};

const urlsOfFlow: Readonly<Record<string, readonly string[]>> = {
  implicit: ['authorizationUrl'],
  password: ['tokenUrl'],
  clientCredentials: ['tokenUrl'],
  authorizationCode: ['authorizationUrl', 'tokenUrl'],
  deviceAuthorization: ['deviceAuthorizationUrl', 'tokenUrl'],
};

function schemesOf(document: CheckedDocument) {
  const { components } = document.description.root;
  const schemes = isObject(components) ? components.securitySchemes : undefined;
  return new Map(
    [...membersOf(document, schemes, '/components/securitySchemes')].map((scheme) => [scheme.name, scheme.value]),
  );
}

function* eachRequirement(document: CheckedDocument) {
  for (const { value, pointer } of document.parts.of('SecurityRequirement'))
    for (const [name, scopes] of Object.entries(value))
      yield { name, scopes, pointer: `${pointer}${toPointer([name])}` };
}

export const security: readonly CheckRule[] = [
  {
    id: 'unknown-security-scheme',
    severity: 'error',
    finds: 'A security requirement that names a scheme which the document does not describe.',
    advice: 'add it to components.securitySchemes, or correct the name',
    *examine(document) {
      const schemes = schemesOf(document);
      for (const { name, pointer } of eachRequirement(document)) {
        // OpenAPI 3.2 §4.30.1 lets a requirement name a scheme by its URI.
        if (!schemes.has(name) && !/[/#:]/.test(name))
          yield { pointer, message: `the security scheme "${name}" is not documented` };
      }
    },
  },
  {
    id: 'scope-undeclared',
    severity: 'warning',
    finds: 'A scope that no flow of the OAuth 2 scheme declares, or (OpenAPI 3.0) a scope of a scheme that has none.',
    advice: 'declare it in the `scopes` of a flow, or correct its name',
    *examine(document): Iterable<Finding> {
      const schemes = schemesOf(document);
      for (const { name, scopes, pointer } of eachRequirement(document)) {
        const scheme = schemes.get(name);
        if (!scheme || !Array.isArray(scopes)) continue;
        if (scheme.type === 'oauth2' && isObject(scheme.flows)) {
          const declared = new Set(
            Object.values(scheme.flows).flatMap((flow) =>
              isObject(flow) && isObject(flow.scopes) ? Object.keys(flow.scopes) : [],
            ),
          );
          for (const [index, scope] of scopes.entries())
            if (!declared.has(String(scope)))
              yield { pointer: `${pointer}/${index}`, message: `no flow of "${name}" declares the scope "${scope}"` };
        } else if (document.is30 && (scheme.type === 'apiKey' || scheme.type === 'http') && scopes.length > 0) {
          yield {
            pointer,
            message: `"${name}" is of type ${scheme.type}, which has no scopes in OpenAPI 3.0`,
            advice: 'write an empty list',
          };
        }
      }
    },
  },
  {
    id: 'security-scheme-invalid',
    severity: 'error',
    finds:
      'A security scheme of no known type, or without what its type needs: `name` and `in`, `scheme`, `flows` with their URLs, `openIdConnectUrl`.',
    advice: 'correct it',
    *examine({ parts }) {
      for (const { value, pointer, key } of parts.of('SecurityScheme')) {
        if (typeof value.type !== 'string') continue;
        const needed = Object.hasOwn(needs, value.type) ? needs[value.type] : undefined;
        if (!needed) {
          yield {
            pointer: `${pointer}/type`,
            message: `"${value.type}" is no type of security scheme`,
            advice: `write ${Object.keys(needs).join(', ')}`,
          };
          continue;
        }
        for (const field of needed)
          if (value[field] === undefined)
            yield { pointer, message: `the security scheme "${key}" of type ${value.type} needs \`${field}\`` };
        if (
          value.type === 'apiKey' &&
          value.in !== undefined &&
          !['query', 'header', 'cookie'].includes(String(value.in))
        )
          yield {
            pointer: `${pointer}/in`,
            message: `an API key can't be in "${value.in}"`,
            advice: 'write query, header or cookie',
          };
      }
      for (const { value, pointer, key } of parts.of('OAuthFlow')) {
        if (!flowNames.includes(key)) continue;
        for (const field of urlsOfFlow[key] ?? [])
          if (typeof value[field] !== 'string') yield { pointer, message: `the flow \`${key}\` needs \`${field}\`` };
      }
    },
  },
];
