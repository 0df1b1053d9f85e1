import type { Diagnostic } from '../diagnostic.js';
import { isObject, type JsonObject } from '../json.js';
import { walk } from '../object-model.js';
import { below, type Conversion, createConversion, type Swagger } from './conversion.js';
import { convertPathItem } from './path-item.js';
import { convertSecurityScheme } from './security-scheme.js';
import { serversOf } from './servers.js';

/** The member of the root that holds the 2.0 document as it was, for references into it. */
const sourceMember = 'x-standin-swagger';
/** Hidden members that references lead into stay where they are. */
const hidden = /^#\/x-standin-/;

/**
 * An OpenAPI 2.0 description in the shape of 3.0, in memory. Schemas stay the objects they were; each member that is
 * written anew keeps its origin, so that every place is one in the original files.
 */
export function convertSwagger(swagger: Swagger): { root: JsonObject; version: string; diagnostics: Diagnostic[] } {
  const conversion = createConversion(swagger);
  const { put, keep, diagnostics } = conversion;
  const source = swagger.root;
  const root: Record<string, unknown> = {};
  put(root, 'openapi', '3.0.4', '/swagger');
  keep(root, { value: source, pointer: '' }, ['info', 'tags', 'externalDocs', 'security']);
  put(root, 'servers', serversOf(conversion), 'host' in source ? '/host' : '/basePath');
  // References are followed as they were written; then they are changed.
  put(root, 'paths', pathsOf(conversion), '/paths');
  put(root, 'components', componentsOf(conversion), '');
  put(root, sourceMember, source, '');
  convertSchemas(conversion);
  return { root, version: '3.0.4', diagnostics };
}

/** Whether a description was written in OpenAPI 2.0. */
export const isSwagger = ({ root }: { readonly root: JsonObject }): boolean => sourceMember in root;

function pathsOf(conversion: Conversion): unknown {
  const { paths } = conversion.swagger.root;
  if (!isObject(paths)) return paths;
  const converted: Record<string, unknown> = {};
  for (const [path, entry] of Object.entries(paths)) {
    const at = below('/paths', path);
    const found = path.startsWith('x-') ? undefined : conversion.follow(entry, at);
    conversion.put(converted, path, found ? convertPathItem(conversion, found) : entry, found?.pointer ?? at);
  }
  return converted;
}

function componentsOf(conversion: Conversion): JsonObject {
  const { definitions, securityDefinitions } = conversion.swagger.root;
  const components: Record<string, unknown> = {};
  if (isObject(definitions)) conversion.put(components, 'schemas', definitions, '/definitions');
  if (isObject(securityDefinitions)) {
    const schemes: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(securityDefinitions)) {
      const pointer = below('/securityDefinitions', name);
      if (isObject(value))
        conversion.put(schemes, name, convertSecurityScheme(conversion, { value, pointer }), pointer);
    }
    conversion.put(components, 'securitySchemes', schemes, '/securityDefinitions');
  }
  return components;
}

/** What 2.0 schemas say differently, said as in 3.0, in place. */
function convertSchemas({ swagger: { root } }: Conversion): void {
  const seen = new WeakSet<object>();
  const convert = (value: JsonObject) => {
    const schema = value as Record<string, unknown>;
    if (typeof schema.$ref === 'string') schema.$ref = moved(schema.$ref);
    if (typeof schema.discriminator === 'string') schema.discriminator = { propertyName: schema.discriminator };
    if (schema.type === 'file') Object.assign(schema, { type: 'string', format: 'binary' });
    if (schema['x-nullable'] === true) schema.nullable = true;
  };
  walk(root, 'swagger', undefined, seen, (object, kind) => {
    if (kind === 'schema') convert(object);
    // A reference that leads nowhere is in the new description as it was.
    else if (typeof object.$ref === 'string') (object as Record<string, unknown>).$ref = moved(object.$ref);
  });
  const files = root['x-standin-files'];
  for (const file of Object.values(isObject(files) ? files : {}))
    walk(file, isSchemaFile(file) ? 'schema' : 'swagger', undefined, seen, (object, kind) => {
      if (kind === 'schema') convert(object);
    });
}

/** A file holds one schema, or is laid out like a document. */
function isSchemaFile(file: unknown): boolean {
  return isObject(file) && !('paths' in file || 'swagger' in file || 'responses' in file || 'parameters' in file);
}

function moved(reference: string): string {
  if (!reference.startsWith('#') || reference === '#' || hidden.test(reference)) return reference;
  return reference.startsWith('#/definitions/')
    ? reference.replace('#/definitions/', '#/components/schemas/')
    : reference.replace('#', `#/${sourceMember}`);
}
