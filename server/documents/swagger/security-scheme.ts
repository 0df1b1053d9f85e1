import type { JsonObject } from '../json.js';
import { below, type Conversion, type Part } from './conversion.js';

const flows: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
};

export function convertSecurityScheme({ put, keep }: Conversion, part: Part): JsonObject {
  const { value, pointer } = part;
  const scheme: Record<string, unknown> = {};
  keep(scheme, part, ['description', 'name', 'in']);
  const type = below(pointer, 'type');
  if (value.type === 'basic') {
    put(scheme, 'type', 'http', type);
    put(scheme, 'scheme', 'basic', type);
  } else put(scheme, 'type', value.type, type);
  if (value.type !== 'oauth2') return scheme;
  const flow: Record<string, unknown> = { scopes: {} };
  keep(flow, { value: withoutExtensions(value), pointer }, ['authorizationUrl', 'tokenUrl', 'scopes']);
  const found: Record<string, unknown> = {};
  put(found, flows[String(value.flow)] ?? 'implicit', flow, below(pointer, 'flow'));
  put(scheme, 'flows', found, below(pointer, 'flow'));
  return scheme;
}

const withoutExtensions = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith('x-')));
