import { isCredential } from '../../contracts/derive/authorize.js';
import { serialize } from '../../contracts/derive/serialize.js';
import type { Api, Content, Example, Operation, Parameter, Scheme } from '../control/types.js';
import { anySecret, credentialsFor } from '../credentials.js';
import type { HttpRequest } from '../request.js';

/** What is in the form of a request: texts, as people type them. */
export interface Draft {
  /** By place and name; an empty one is not sent. Lists and objects are JSON. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Which of the alternatives. */
  readonly security: number;
  /** By the names of schemes. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Index of the content of the body; -1 for no body. */
  readonly content: number;
  readonly body: string;
  /** `Prefer`, where a certain reply is wanted. */
  readonly prefer: string;
}

export const keyOf = ({ in: place, name }: Pick<Parameter, 'in' | 'name'>) => `${place} ${name}`;

/** A request prefilled from what the document says. */
export function draftFor(operation: Operation): Draft {
  const content = operation.requestBody ? 0 : -1;
  return {
    parameters: Object.fromEntries(
      shownParameters(operation).map((parameter) => [
        keyOf(parameter),
        parameter.required ? textOf(parameter.examples?.[0] ?? 'standin') : '',
      ]),
    ),
    security: 0,
    secrets: Object.fromEntries(operation.security.flat().map(({ name }) => [name, anySecret])),
    content,
    body: bodyText(operation.requestBody?.content[0]),
    prefer: '',
  };
}

/** Parameters that no credential takes the place of; what the path names is there, documented or not. */
export function shownParameters(operation: Operation): readonly Parameter[] {
  const contract = contractOf(operation);
  const documented = operation.parameters.filter((parameter) => !isCredential(parameter as never, contract));
  const known = new Set(documented.filter(({ in: place }) => place === 'path').map(({ name }) => name));
  const template = operation.path.split(/[?#]/)[0] as string;
  const others = Array.from(template.matchAll(/\{([^{}]+)\}/g), ([, name]) => name as string)
    .filter((name) => !known.has(name))
    .map(
      (name): Parameter => ({
        name,
        in: 'path',
        required: true,
        pointer: operation.pointer,
        style: 'simple',
        explode: false,
        allowReserved: false,
      }),
    );
  return [...documented, ...others];
}

export const textOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value === undefined ? '' : String(value);

export function bodyText(content: Content | undefined, example: Example | undefined = content?.examples[0]): string {
  if (!example) return '';
  if (example.text !== undefined) return example.text;
  return JSON.stringify(example.value, undefined, 2) ?? '';
}

/** The request that a draft stands for. */
export function requestOf(
  { origin, api, session }: { origin: string; api: Pick<Api, 'path'>; session: string },
  operation: Operation,
  draft: Draft,
): HttpRequest {
  const values: Record<'path' | 'query' | 'header' | 'cookie', Record<string, unknown>> = {
    path: {},
    query: {},
    header: {},
    cookie: {},
  };
  for (const parameter of shownParameters(operation)) {
    const text = draft.parameters[keyOf(parameter)] ?? '';
    if (text === '') continue;
    values[parameter.in === 'querystring' ? 'query' : parameter.in][parameter.name] = typed(text);
  }
  const { path, query, headers } = serialize(contractOf(operation), values);
  const { cookie, ...others } = headers;
  const schemes = operation.security[draft.security] ?? [];
  const credentials = credentialsFor(schemes, ({ name }) => draft.secrets[name] ?? '');
  const cookies = [...(cookie === undefined ? [] : [cookie]), ...credentials.cookies].join('; ');
  const pairs = [...query, ...credentials.query].join('&');
  const content = operation.requestBody?.content[draft.content];
  return {
    method: operation.method,
    url: `${origin}${api.path}${path}${pairs === '' ? '' : `?${pairs}`}`,
    headers: {
      ...others,
      ...credentials.headers,
      ...(cookies !== '' && { Cookie: cookies }),
      ...(content && { 'Content-Type': content.contentType ?? content.mediaType }),
      ...(draft.prefer !== '' && { Prefer: draft.prefer }),
      ...(session !== '' && { 'Standin-Session': session }),
    },
    ...(content && { body: draft.body }),
  };
}

/** Lists and objects are typed as JSON; what is none is the text itself. */
function typed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** As far as writing a request needs it. */
function contractOf({ path, parameters, security }: Operation): Parameters<typeof serialize>[0] {
  const requirements = security.map((schemes: readonly Scheme[]) => ({ schemes }));
  return { path, parameters, security: requirements } as unknown as Parameters<typeof serialize>[0];
}
