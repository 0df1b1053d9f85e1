import { isObject, type JsonObject } from './json.js';

/** The objects of OpenAPI that may be, or hold, a reference. */
export type Kind =
  | 'openapi'
  | 'swagger'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'callback'
  | 'parameter'
  | 'header'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'response'
  | 'example'
  | 'link'
  | 'securityScheme'
  | 'schema';

/** Keys from the root of a file, the last one first: most of them are never looked at. */
export interface Path {
  readonly parent: Path | undefined;
  readonly key: string;
}

/** `schema` for one, `schema[]` for a list, `schema{}` for a map, `schema*` for one or a list. `*` names any other member. */
type Shape = Readonly<Record<string, string>>;

const parameter: Shape = { schema: 'schema', items: 'schema', content: 'mediaType{}', examples: 'example{}' };
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** OpenAPI 2.0 §4, 3.0 to 3.2 §4.8; for schemas JSON Schema of all drafts. */
const shapes: Readonly<Record<Kind, Shape>> = {
  openapi: { paths: 'pathItem{}', webhooks: 'pathItem{}', 'x-webhooks': 'pathItem{}', components: 'components' },
  swagger: { paths: 'pathItem{}', definitions: 'schema{}', parameters: 'parameter{}', responses: 'response{}' },
  components: {
    schemas: 'schema{}',
    responses: 'response{}',
    parameters: 'parameter{}',
    examples: 'example{}',
    requestBodies: 'requestBody{}',
    headers: 'header{}',
    securitySchemes: 'securityScheme{}',
    links: 'link{}',
    callbacks: 'callback{}',
    pathItems: 'pathItem{}',
    mediaTypes: 'mediaType{}',
  },
  pathItem: {
    ...Object.fromEntries(methods.map((method) => [method, 'operation'])),
    additionalOperations: 'operation{}',
    parameters: 'parameter[]',
  },
  operation: {
    parameters: 'parameter[]',
    requestBody: 'requestBody',
    responses: 'response{}',
    callbacks: 'callback{}',
  },
  callback: { '*': 'pathItem' },
  parameter,
  header: parameter,
  requestBody: { content: 'mediaType{}' },
  mediaType: {
    schema: 'schema',
    itemSchema: 'schema',
    examples: 'example{}',
    encoding: 'encoding{}',
    prefixEncoding: 'encoding[]',
    itemEncoding: 'encoding',
  },
  encoding: {
    headers: 'header{}',
    encoding: 'encoding{}',
    prefixEncoding: 'encoding[]',
    itemEncoding: 'encoding',
  },
  response: { headers: 'header{}', content: 'mediaType{}', links: 'link{}', schema: 'schema' },
  example: {},
  link: {},
  securityScheme: {},
  schema: {
    items: 'schema*',
    ...Object.fromEntries(
      [
        'additionalItems',
        'additionalProperties',
        'contains',
        'contentSchema',
        'else',
        'if',
        'not',
        'propertyNames',
        'then',
        'unevaluatedItems',
        'unevaluatedProperties',
      ].map((keyword) => [keyword, 'schema']),
    ),
    ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((keyword) => [keyword, 'schema[]'])),
    ...Object.fromEntries(
      ['properties', 'patternProperties', 'dependentSchemas', 'dependencies', '$defs', 'definitions'].map((keyword) => [
        keyword,
        'schema{}',
      ]),
    ),
  },
};

type Form = 'one' | 'list' | 'map' | 'one or list';
const forms: Readonly<Record<string, Form>> = { '[]': 'list', '{}': 'map', '*': 'one or list' };

const members = new Map(
  Object.entries(shapes).map(([kind, shape]) => [
    kind as Kind,
    new Map(
      Object.entries(shape).map(([name, text]) => {
        const [, member = '', suffix = ''] = /^(\w+)(.*)$/.exec(text) ?? [];
        return [name, { kind: member as Kind, form: forms[suffix] ?? ('one' as const) }];
      }),
    ),
  ]),
);

/** Maps whose `x-` members are extensions; in others they are names like any. */
const extensible = new Set(['paths', 'responses', 'callbacks']);

/** Objects that OpenAPI lets nobody refer to, and which are split off into files all the same. */
const indivisible: ReadonlySet<Kind> = new Set(['operation', 'components', 'encoding']);

/** A `$ref` in the place of a map, a list or an object that may not be one. */
export interface Inclusion {
  readonly parent: Record<string, unknown>;
  readonly member: string;
  readonly kind: Kind;
  readonly form: Form;
  /** Of the object with the `$ref`. */
  readonly path: Path;
}

/**
 * Visits an object of a document, and all below it that can be, or hold, a reference; nothing that is data, such as
 * examples. What is in `seen` is passed over; so is what stands at an inclusion.
 */
export function walk(
  value: unknown,
  kind: Kind,
  path: Path | undefined,
  seen: WeakSet<object>,
  visit: (object: JsonObject, kind: Kind, path: Path | undefined) => void,
  include: (inclusion: Inclusion) => void = () => {},
): void {
  if (!isObject(value) || seen.has(value)) return;
  seen.add(value);
  visit(value, kind, path);
  const shape = members.get(kind) as Map<string, { kind: Kind; form: Form }>;
  const any = shape.get('*');
  for (const name of Object.keys(value)) {
    const member = shape.get(name) ?? (any && !name.startsWith('x-') ? any : undefined);
    const child = value[name];
    if (member === undefined || typeof child !== 'object' || child === null) continue;
    const at: Path = { parent: path, key: name };
    const { form } = member;
    const mayRefer = form === 'one' || form === 'one or list' ? !indivisible.has(member.kind) : false;
    if (!mayRefer && isObject(child) && typeof child.$ref === 'string')
      include({ parent: value as Record<string, unknown>, member: name, kind: member.kind, form, path: at });
    else walkMember(child, { ...member, isExtensible: extensible.has(name) }, at, seen, visit, include);
  }
}

/** Visits what stands at a member: one object, or each of a list or map of them. */
export function walkMember(
  child: unknown,
  { kind, form, isExtensible = false }: { readonly kind: Kind; readonly form: Form; readonly isExtensible?: boolean },
  at: Path | undefined,
  seen: WeakSet<object>,
  visit: (object: JsonObject, kind: Kind, path: Path | undefined) => void,
  include: (inclusion: Inclusion) => void,
): void {
  if (Array.isArray(child)) {
    if (form === 'list' || form === 'one or list')
      for (const [index, item] of child.entries())
        walk(item, kind, { parent: at, key: String(index) }, seen, visit, include);
  } else if (form === 'map' && isObject(child)) {
    for (const key of Object.keys(child))
      if (!(isExtensible && key.startsWith('x-'))) walk(child[key], kind, { parent: at, key }, seen, visit, include);
  } else if (form !== 'list') walk(child, kind, at, seen, visit, include);
}

/** The keys of a path, from the root on. */
export function keysOf(path: Path | undefined): string[] {
  const keys: string[] = [];
  for (let step = path; step; step = step.parent) keys.push(step.key);
  return keys.reverse();
}
