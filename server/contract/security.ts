import {
  type Description,
  type Diagnostic,
  diagnose,
  isObject,
  pointerOf,
  resolve,
  toPointer,
  valueAt,
} from '../documents/index.js';
import type { SecurityRequirement, SecurityScheme } from './contract.js';

/** The `security` of an operation, else of the document. An empty list lets anybody call; so does `{}` as an alternative. */
export function compileSecurity(
  description: Description,
  value: unknown,
  pointer: string,
  diagnostics: Diagnostic[],
): SecurityRequirement[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((requirement) => ({
    schemes: Object.entries(requirement).flatMap(([name, scopes]) => {
      const scheme = readScheme(description, name, Array.isArray(scopes) ? scopes.map(String) : []);
      if (!scheme) {
        diagnostics.push(
          diagnose(
            description,
            pointer,
            'warning',
            'unknown-security-scheme',
            `the security scheme "${name}" is not documented`,
            'add it to components.securitySchemes; until then nobody is asked for it',
          ),
        );
      }
      return scheme ? [scheme] : [];
    }),
  }));
}

function readScheme(description: Description, name: string, scopes: readonly string[]): SecurityScheme | undefined {
  const named = toPointer(['components', 'securitySchemes', name]);
  // The name of a component comes first; else it may be the URI of a scheme (OpenAPI 3.2.0 §4.31).
  const isUri = name.startsWith('#/') && valueAt(description.root, named) === undefined;
  const pointer = (isUri ? pointerOf(name) : named) ?? named;
  const { value } = resolve(description, valueAt(description.root, pointer), pointer);
  if (!isObject(value) || typeof value.type !== 'string') return undefined;
  return {
    name,
    type: value.type as SecurityScheme['type'],
    scopes,
    ...(typeof value.scheme === 'string' && { scheme: value.scheme.toLowerCase() }),
    ...(typeof value.in === 'string' && { in: value.in as 'query' }),
    ...(typeof value.name === 'string' && { parameterName: value.name }),
  };
}
