import type { ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';

/** Longer schemas are seldom the same in two places. */
const lengthMax = 500;
const knownMax = 2000;

const known = { first: new Map<string, ValidateFunction>(), all: new Map<string, ValidateFunction>() };

/**
 * Documents say `{ type: string }` in a thousand places: what refers to nothing is compiled once for all that say the same,
 * since to compile it takes longer than to use it ten thousand times.
 */
export function compiledOnce(
  engine: Ajv2020,
  schema: unknown,
  compile: () => ValidateFunction | undefined,
): ValidateFunction | undefined {
  const text = JSON.stringify(schema);
  if (text === undefined || text.length > lengthMax || /"\$(?:ref|dynamicRef|id|anchor|dynamicAnchor)"/.test(text))
    return compile();
  const { allErrors, ownProperties } = engine.opts;
  if (ownProperties) return compile();
  const compiled = allErrors ? known.all : known.first;
  const before = compiled.get(text);
  if (before) return before;
  const made = compile();
  if (compiled.size >= knownMax) compiled.clear();
  if (made) compiled.set(text, made);
  return made;
}
