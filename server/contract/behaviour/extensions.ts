import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { distance } from 'fastest-levenshtein';
import { type Description, type Diagnostic, diagnose, toPointer } from '../../documents/index.js';
import { type ExtensionName, extensionSchemas } from './extension-schemas.js';
import { Mistake } from './mistake.js';

const ajv = () => createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');

/** Each is used a few times: to make them fast takes longer than they do. */
const options = { strict: false, validateSchema: false, verbose: true, code: { optimize: false } } as const;
const compiled = new Map<ExtensionName, ValidateFunction>();

function validatorOf(name: ExtensionName): ValidateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const made = new (ajv().Ajv2020)(options).compile(extensionSchemas[name]);
  compiled.set(name, made);
  return made;
}

/**
 * Reads an extension: checks it against its schema, then parses it. What is wrong becomes a diagnostic with its place,
 * and the result is `undefined`.
 */
export function readExtension<T>(
  description: Description,
  name: ExtensionName,
  value: unknown,
  pointer: string,
  diagnostics: Diagnostic[],
  parse: (value: never, pointer: string) => T,
): T | undefined {
  const report = (at: string, message: string) => {
    diagnostics.push(
      diagnose(description, at, 'error', 'extension-invalid', `${name} ${message}`, `see docs/extensions.md#${name}`),
    );
  };
  const validate = validatorOf(name);
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const error = validate.errors?.find(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames') ?? first;
    const { at, what } = error ? explain(error) : { at: '', what: 'is not valid' };
    report(`${pointer}${at}`, `${at} ${what}`.trim());
    return undefined;
  }
  try {
    return parse(value as never, pointer);
  } catch (error) {
    const within = error instanceof Mistake ? error.pointer : '';
    report(`${pointer}${within}`, `${within} ${(error as Error).message}`.trim());
    return undefined;
  }
}

/** What is wrong, in words that say what would be right, and where. */
function explain({ keyword, instancePath, params, message = '', parentSchema, propertyName }: ErrorObject): {
  at: string;
  what: string;
} {
  const said = { at: instancePath, what: message };
  switch (keyword) {
    case 'additionalProperties': {
      const member = String(params.additionalProperty);
      const names = Object.keys((parentSchema?.properties as object | undefined) ?? {});
      const meant = nearest(member, names);
      const there = meant === undefined ? `there are ${names.join(', ')}` : `did you mean "${meant}"?`;
      return { at: `${instancePath}${toPointer([member])}`, what: `is no member of it: ${there}` };
    }
    case 'enum':
      return { ...said, what: `${message} (${(params.allowedValues as unknown[]).join(', ')})` };
    case 'const':
      return { ...said, what: `can only be ${JSON.stringify(params.allowedValue)} or an object` };
    case 'pattern':
    case 'minLength': {
      const { description } = parentSchema as { description?: string };
      const at = propertyName === undefined ? instancePath : `${instancePath}${toPointer([propertyName])}`;
      return { at, what: description === undefined ? message : `must be ${description}` };
    }
    case 'false schema':
      return { ...said, what: 'is of no use with this effect; it is a part of `effect: change`' };
    default:
      return said;
  }
}

/** The name that a misspelt one means; `undefined` where it is like none of them. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = [...names].sort((a, b) => distance(a, name) - distance(b, name));
  return best !== undefined && distance(best, name) <= Math.max(1, name.length / 3) ? best : undefined;
}
