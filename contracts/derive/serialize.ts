import type { Operation, Parameter } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import type { Draft } from './draft.js';

/** Parameters as text, by their styles (OpenAPI 3.1.1 §4.8.12.6). */
export function serialize(
  operation: Operation,
  draft: Pick<Draft, 'path' | 'query' | 'header' | 'cookie'>,
): { path: string; query: string[]; headers: Record<string, string> } {
  const documented = (place: Parameter['in'], name: string) =>
    operation.parameters.find((parameter) => parameter.in === place && parameter.name === name);
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    simple(draft.path[name], documented('path', name), encodeURIComponent),
  );
  const query = Object.entries(draft.query).flatMap(([name, value]) => inQuery(name, value, documented('query', name)));
  const headers = Object.entries(draft.header).map(
    ([name, value]) => [name.toLowerCase(), simple(value, documented('header', name), String)] as const,
  );
  const cookies = Object.entries(draft.cookie).map(
    ([name, value]) => `${name}=${simple(value, documented('cookie', name), encodeURIComponent)}`,
  );
  return {
    path,
    query,
    headers: { ...Object.fromEntries(headers), ...(cookies.length > 0 && { cookie: cookies.join('; ') }) },
  };
}

const text = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** One text for the whole value: `3,4,5` and `role,admin,name,Alex` (exploded: `role=admin,name=Alex`). */
function simple(
  value: unknown,
  parameter: Parameter | undefined,
  encode: (text: string) => string,
  separator = ',',
): string {
  if (parameter?.mediaType !== undefined) return encode(JSON.stringify(value));
  if (Array.isArray(value)) return value.map((member) => encode(text(member))).join(separator);
  if (!isObject(value)) return encode(text(value));
  const link = parameter?.explode ? '=' : separator;
  return Object.entries(value)
    .map(([name, member]) => `${encode(name)}${link}${encode(text(member))}`)
    .join(separator);
}

function inQuery(name: string, value: unknown, parameter: Parameter | undefined): string[] {
  const pair = (key: string, member: string) => `${encodeURIComponent(key)}=${member}`;
  const { style = 'form', explode = true, mediaType } = parameter ?? {};
  if (mediaType !== undefined) return [pair(name, encodeURIComponent(JSON.stringify(value)))];
  if (style === 'deepObject' && isObject(value))
    return Object.entries(value).map(([key, member]) => pair(`${name}[${key}]`, encodeURIComponent(text(member))));
  if (style === 'form' && explode && Array.isArray(value))
    return value.map((member) => pair(name, encodeURIComponent(text(member))));
  if (style === 'form' && explode && isObject(value))
    return Object.entries(value).map(([key, member]) => pair(key, encodeURIComponent(text(member))));
  const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
  return [pair(name, simple(value, parameter, encodeURIComponent, separator))];
}
