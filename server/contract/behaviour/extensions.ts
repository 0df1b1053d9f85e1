import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { type Description, type Diagnostic, diagnose } from '../../documents/index.js';
import { type ExtensionName, extensionSchemas } from './extension-schemas.js';

const ajv = () => createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');

/** Each is used a few times: to make them fast takes longer than they do. */
const options = { strict: false, validateSchema: false, code: { optimize: false } } as const;
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
    const error = validate.errors?.find(({ keyword }) => keyword !== 'if') ?? validate.errors?.[0];
    const member = error?.params.additionalProperty ?? error?.params.missingProperty;
    const allowed = error?.params.allowedValues as unknown[] | undefined;
    const what = `${error?.message ?? 'is not valid'}${allowed ? ` (${allowed.join(', ')})` : ''}${error?.keyword === 'additionalProperties' ? `: "${member}"` : ''}`;
    report(`${pointer}${error?.instancePath ?? ''}`, `${error?.instancePath ?? ''} ${what}`.trim());
    return undefined;
  }
  try {
    return parse(value as never, pointer);
  } catch (error) {
    report(pointer, (error as Error).message);
    return undefined;
  }
}
