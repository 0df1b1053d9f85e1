import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import {
  type Description,
  type Diagnostic,
  diagnose,
  fromPointer,
  isObject,
  pointerOf,
  toPointer,
  valueAt,
} from '../../documents/index.js';
import { lazy } from '../lazy.js';
import type { Violation, ViolationLocation } from '../violation.js';
import { circlesOf } from './circles.js';
import { closedApartAdvice, closedApartMessage } from './closed-apart.js';
import { compiledOnce } from './compiled-once.js';
import { type Direction, type Reading, translate } from './dialect.js';
import { tolerantRegExp } from './tolerant-reg-exp.js';
import { uniqueItems } from './unique-items.js';

/** Nothing is validated before the first request, and so these are not loaded before. */
const require = createRequire(import.meta.url);
const ajv = () => require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
const ajvFormats = () => require('ajv-formats') as typeof import('ajv-formats');

/** Checks values against one schema. Compiled when first used. */
export interface Validator {
  /** Whether the value is valid; stops at the first violation. */
  readonly check: (value: unknown) => boolean;
  /** All that is wrong with a value, at most `violationsMax` of it. */
  readonly violations: (value: unknown, location: ViolationLocation) => Violation[];
}

/** Reported violations of one value are cut off here: a body of 100,000 wrong items is wrong enough. */
export const violationsMax = 100;

/** Below this stand schemas that are put together while a value is made, and are nowhere in the document. */
export const madeUp = '/~sample/';

export const anything: Validator = { check: () => true, violations: () => [] };

export interface Validators {
  /** The validator of the schema at a pointer of the description; `undefined` schemas accept anything. */
  readonly of: (schema: unknown, pointer: string, direction: Direction) => Validator;
  /** What was found wrong with schemas, so far. */
  readonly diagnostics: Diagnostic[];
}

/**
 * The validators of one description. Each schema that a `$ref` names is known to Ajv by a URI made of its pointer, so it is
 * compiled once, references are kept, and circles need no care.
 */
export function createValidators(description: Description): Validators {
  const is30 = description.version.startsWith('3.0');
  const diagnostics: Diagnostic[] = [];
  let engines = createEngines();
  const report = (pointer: string, rule: string, message: string, advice: string) => {
    if (pointer.startsWith(madeUp)) return;
    if (!diagnostics.some((known) => known.pointer === pointer && known.rule === rule)) {
      diagnostics.push(diagnose(description, pointer, 'warning', rule, message, advice));
    }
  };

  function createEngines(ownProperties = false) {
    return {
      ownProperties,
      first: lazy(() => createEngine(false, ownProperties)),
      all: lazy(() => createEngine(true, ownProperties)),
    };
  }

  function createEngine(allErrors: boolean, ownProperties: boolean): Ajv2020 {
    const engine = new (ajv().Ajv2020)({
      allErrors,
      ownProperties,
      strict: false,
      validateSchema: false,
      inlineRefs: false,
      // 19.99 is a multiple of 0.01, though 19.99 / 0.01 is 1998.9999999999998.
      multipleOfPrecision: 8,
      logger: false,
      code: { regExp: tolerantRegExp },
    });
    ajvFormats().default(engine);
    engine.removeKeyword('uniqueItems').addKeyword(uniqueItems);
    return engine;
  }

  const leadsTo = circlesOf(description);
  /** Whether a schema was found that is not read to the letter. */
  let readsTogether = false;

  const onClosedApart = (pointer: string, names: readonly string[]) => {
    readsTogether = true;
    report(pointer, 'allof-closed', closedApartMessage(names), closedApartAdvice);
  };

  const onMalformed = (pointer: string, faults: readonly string[]) =>
    report(
      pointer,
      'schema-invalid',
      `a part of this schema has no meaning: ${faults.join('; ')}`,
      'correct it; until then that part counts for nothing',
    );

  /** Whether a value has `constructor` of its own is asked, at three times the cost, only once a schema speaks of it. */
  const onInheritedName = () => {
    if (!engines.ownProperties) engines = createEngines(true);
  };

  /** Makes a schema, and all it refers to, known to the engine under its key. */
  function register(engine: Ajv2020, schema: unknown, pointer: string, direction: Direction, reading: Reading): string {
    const pending = [{ schema, pointer, reading }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { pointer: at } = next;
      const key = keyOf(at, direction, next.reading);
      if (engine.schemas[key]) continue;
      const translation = {
        is30,
        direction,
        reading: next.reading,
        onClosedApart,
        onInheritedName,
        onMalformed,
        target: (value: unknown) =>
          isObject(value) && typeof value.$ref === 'string'
            ? valueAt(description.root, pointerOf(value.$ref) ?? '')
            : value,
        keyOf: (reference: string, inReading: Reading, isInPlace: boolean) => {
          const target = reference.startsWith('#') ? pointerOf(reference) : undefined;
          const value = target === undefined ? undefined : valueAt(description.root, target);
          if (target === undefined || value === undefined) {
            report(
              at,
              'unresolved-reference',
              `the schema refers to "${reference}", which leads nowhere`,
              'correct the reference; until then that part accepts anything',
            );
            return undefined;
          }
          if (isInPlace && leadsTo(target, at)) {
            report(
              at,
              'circular-reference',
              `the schema refers to "${reference}", which is made of this schema again, with no property or item between`,
              'break the circle; until then that part accepts anything',
            );
            return undefined;
          }
          pending.push({ schema: value, pointer: target, reading: inReading });
          return keyOf(target, direction, inReading);
        },
      };
      engine.addSchema(translate(next.schema, translation, at) as object, key);
    }
    return keyOf(pointer, direction, reading);
  }

  function compile(
    extent: 'first' | 'all',
    schema: unknown,
    pointer: string,
    direction: Direction,
    reading: Reading = 'together',
  ): ValidateFunction | undefined {
    try {
      const before = engines;
      const key = register(engines[extent](), schema, pointer, direction, reading);
      if (engines !== before) register(engines[extent](), schema, pointer, direction, reading);
      const engine = engines[extent]();
      return compiledOnce(engine, engine.schemas[key]?.schema, () => engine.getSchema(key));
    } catch (error) {
      report(
        pointer,
        'schema-invalid',
        `this schema can't be used: ${(error as Error).message}`,
        'correct it; until then it accepts anything',
      );
      return undefined;
    }
  }

  return {
    diagnostics,
    of: (schema, pointer, direction) => {
      if (schema === undefined) return anything;
      const quick = lazy(() => compile('first', schema, pointer, direction));
      const thorough = lazy(() => compile('all', schema, pointer, direction));
      const literal = lazy(() => compile('first', schema, pointer, direction, 'literal'));
      // One alternative of a `oneOf` that accepts more may make two of it: what the letter allows stays allowed.
      const isLiterally = (value: unknown) => readsTogether && (literal()?.(value) ?? true);
      return {
        check: (value) => (quick()?.(value) ?? true) || isLiterally(value),
        violations: (value, location) => {
          if (quick()?.(value) ?? true) return [];
          const validate = thorough();
          if (!validate || validate(value) || isLiterally(value)) return [];
          return (validate.errors ?? []).slice(0, violationsMax).map((error) => toViolation(error, location));
        },
      };
    },
  };
}

/** `#/components/schemas/User` → `schema:/request/together/components/schemas/User` */
function keyOf(pointer: string, direction: Direction, reading: Reading): string {
  return `schema:/${[direction, reading, ...fromPointer(pointer)].map(encodeURIComponent).join('/')}`;
}

function toViolation({ instancePath, keyword, params, message }: ErrorObject, location: ViolationLocation): Violation {
  const member = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  const pointer = typeof member === 'string' ? `${instancePath}${toPointer([member])}` : instancePath;
  return { location, pointer, keyword, message: explain(keyword, params, message) };
}

function explain(keyword: string, params: Record<string, unknown>, message = 'is not valid'): string {
  if (keyword === 'required') return `is required`;
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties')
    return 'is not documented, and nothing undocumented may be sent';
  if (keyword === 'enum')
    return `must be one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  return message;
}
