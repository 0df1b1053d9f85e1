import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { distance } from 'fastest-levenshtein';
import {
  DocumentError,
  describeValue,
  formatPlace,
  fromPointer,
  isObject,
  type Place,
  readSource,
  readText,
} from '../../server/documents/index.js';
import { messageOf } from '../../server/message-of.js';
import { ConfigurationError } from '../configuration-error.js';
import type { Configuration } from './configuration.js';
import { importModule } from './import-module.js';
import { configurationSchema } from './schema.js';

/**
 * Reads a configuration, and checks it.
 *
 * @throws ConfigurationError with file, line and column; of a module, with the JSON Pointer.
 */
export async function loadConfiguration(file: string): Promise<Configuration> {
  if (/\.(?:[cm]?js|ts)$/.test(file)) {
    const module = await importModule(file);
    const value = 'default' in module ? module.default : undefined;
    if (value === undefined)
      throw new ConfigurationError(`${file}: expected a default export that is the configuration`);
    return checked(await (typeof value === 'function' ? made(file, value as () => unknown) : value), (keys) =>
      keys.length === 0 ? file : `${file} at /${keys.join('/')}`,
    );
  }
  try {
    const source = readSource(file, readText(file));
    return checked(source.value ?? {}, (keys) => formatPlace(source.locate(keys) satisfies Place));
  } catch (error) {
    if (error instanceof DocumentError) throw new ConfigurationError(error.message);
    throw error;
  }
}

async function made(file: string, configure: () => unknown): Promise<unknown> {
  try {
    return await configure();
  } catch (error) {
    throw new ConfigurationError(`${file}: its default export fails: ${messageOf(error)}`);
  }
}

let validate: ReturnType<Ajv2020['compile']> | undefined;

function checked(value: unknown, placeOf: (keys: readonly string[]) => string): Configuration {
  validate ??= new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: false }).compile(configurationSchema);
  if (validate(value)) return value as Configuration;
  const lines = (validate.errors ?? []).map((error) => {
    const keys = fromPointer(error.instancePath);
    const unknown = error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : undefined;
    const at = placeOf(unknown === undefined ? keys : [...keys, unknown]);
    return `${at} ${unknown === undefined ? fault(error, value, keys) : unknownKey(error, unknown)}`;
  });
  throw new ConfigurationError([...new Set(lines)].join('\n'));
}

function fault(
  { message = 'is wrong', params, keyword }: ErrorObject,
  value: unknown,
  keys: readonly string[],
): string {
  let found: unknown = value;
  for (const key of keys) found = (found as Record<string, unknown> | undefined)?.[key];
  const allowed = keyword === 'enum' ? `: ${(params.allowedValues as readonly unknown[]).join(', ')}` : '';
  return `${keys.length > 0 ? keys.join('.') : 'a configuration'} ${message}${allowed}, found ${describeValue(found)}`;
}

function unknownKey({ parentSchema, schemaPath }: ErrorObject, name: string): string {
  const properties = (parentSchema?.properties ?? propertiesAt(schemaPath)) as Record<string, unknown>;
  const names = Object.keys(properties).filter((known) => known !== '$schema');
  const nearest = names.sort((a, b) => distance(a, name) - distance(b, name))[0] ?? '';
  const advice = distance(nearest, name) <= 3 ? `did you mean "${nearest}"?` : `expected one of ${names.join(', ')}`;
  return `there is no option "${name}"; ${advice}`;
}

function propertiesAt(schemaPath: string): unknown {
  let schema: unknown = configurationSchema;
  for (const key of fromPointer(schemaPath.replace(/^#/, '')).slice(0, -1))
    schema = isObject(schema) ? schema[key] : undefined;
  return isObject(schema) ? (schema.properties ?? {}) : {};
}
