import { bare, type Contract, lazyOf, type Operation } from '../../contract/index.js';
import { isObject, pointerOf, valueAt } from '../../documents/index.js';

/** What of a request and its reply no journal may show. */
export interface Secrets {
  /** Names of headers, in lower case. */
  readonly headers: ReadonlySet<string>;
  /** Names in the query. */
  readonly query: ReadonlySet<string>;
  /** Names in the query of which the document says what they are: others are judged by what they are called. */
  readonly documented: ReadonlySet<string>;
  /** Names of properties of bodies, at any depth: those whose schema has the format `password`, and texts that are called like one. */
  readonly properties: ReadonlySet<string>;
}

/** Those of HTTP itself: credentials, and cookies, which are mostly that. */
const always = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/** The secrets of an operation: credentials by its security schemes, and passwords by its schemas. */
export const secretsOf = lazyOf((operation: Operation): ((contract: Contract) => Secrets) => {
  let known: Secrets | undefined;
  return (contract) => {
    const credentials = credentialsOf([operation]);
    const inQuery = operation.parameters.filter(
      ({ in: place, name, shape }) => place === 'query' && isSecret(name, shape().schema()),
    );
    known ??= {
      headers: credentials.headers,
      query: new Set([...credentials.query, ...inQuery.map(({ name }) => name)]),
      documented: new Set(operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)),
      properties: new Set([...schemasOf(contract, operation)].flatMap((schema) => passwordsIn(contract, schema))),
    };
    return known;
  };
});

/** Where nobody knows what a request is for, the credentials of all operations are secret. */
export const secretsOfAll = lazyOf(
  (contracts: readonly Contract[]): Secrets => ({
    ...credentialsOf(contracts.flatMap(({ operations }) => operations)),
    documented: new Set(),
    properties: new Set(),
  }),
);

function credentialsOf(operations: readonly Operation[]): Pick<Secrets, 'headers' | 'query'> {
  const keys = operations.flatMap(({ security }) =>
    security.flatMap(({ schemes }) => schemes.filter(({ type }) => type === 'apiKey')),
  );
  const namesIn = (place: 'header' | 'query') =>
    keys.flatMap(({ in: where, parameterName = '' }) => (where === place ? [parameterName] : []));
  return {
    headers: new Set([...always, ...namesIn('header').map((name) => name.toLowerCase())]),
    query: new Set(namesIn('query')),
  };
}

function* schemasOf({ description }: Contract, { requestBody, responses }: Operation): Iterable<unknown> {
  for (const { schema } of requestBody?.content ?? []) yield schema;
  for (const { content } of responses)
    for (const { pointer } of content) yield valueAt(description.root, `${pointer}/schema`);
}

/** Names of the properties with secret values, however deep, `$ref`s followed. */
function passwordsIn({ description }: Contract, root: unknown): string[] {
  const names: string[] = [];
  const seen = new Set<unknown>();
  const open: { readonly schema: unknown; readonly name?: string }[] = [{ schema: root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { schema, name } = next;
    if (Array.isArray(schema)) {
      open.push(...schema.map((member) => ({ schema: member, ...(name !== undefined && { name }) })));
      continue;
    }
    if (!isObject(schema)) continue;
    if (name !== undefined && isSecret(name, schema)) names.push(name);
    const pointer = typeof schema.$ref === 'string' ? pointerOf(schema.$ref) : undefined;
    const target = pointer === undefined ? undefined : valueAt(description.root, pointer);
    // What a reference leads to may be the password of several names.
    if (isObject(target) && name !== undefined && isSecret(name, target)) names.push(name);
    if (seen.has(schema)) continue;
    seen.add(schema);
    if (target !== undefined) open.push({ schema: target, ...(name !== undefined && { name }) });
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === 'properties' && isObject(value))
        for (const [property, inner] of Object.entries(value)) open.push({ schema: inner, name: property });
      else if (keyword !== 'example' && keyword !== 'examples' && keyword !== 'default')
        open.push({ schema: value, ...(name !== undefined && { name }) });
    }
  }
  return names;
}

/** Words that names of secrets end with, without their separators. */
const secretName =
  /(?:password|passwd|passphrase|passcode|pwd|secret|token|authorization|credentials?|(?:api|access|private|secret|signing|encryption)key)$/;
/** Tokens that are only places in a list. */
const placeName = /(?:page|next|prev|previous|continuation|continue|sync|cursor|start|end|pagination)token$/;

/** Whether values of a schema under this name are nobody else's to see. */
function isSecret(name: string, { format, type }: Readonly<Record<string, unknown>>): boolean {
  if (format === 'password') return true;
  const isText = type === 'string' || (Array.isArray(type) && type.includes('string'));
  return isText && isCalledSecret(name);
}

export function isCalledSecret(name: string): boolean {
  const word = bare(name);
  return secretName.test(word) && !placeName.test(word);
}
