import { type Description, type Diagnostic, DocumentError, diagnose, formatPlace } from '../../documents/index.js';
import { compile } from '../compile.js';
import { type CheckedDocument, openForCheck } from './checked-document.js';
import { type ExampleClass, exampleClasses } from './examples.js';
import { checkRules } from './rules/index.js';

export interface CheckedDescription {
  /** By place, each once. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many examples there are of each class. */
  readonly examples: Readonly<Record<ExampleClass, number>>;
}

/** Checks a description against every rule. Whatever is wrong with it is in the result; nothing is thrown. */
export function check(description: Description): CheckedDescription {
  const steps = checkInSteps(description);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same, step by step: for those who have other things to do in between. */
export function* checkInSteps(description: Description): Generator<undefined, CheckedDescription> {
  const document = openForCheck(description);
  const found: Diagnostic[] = [];
  for (const rule of checkRules) {
    for (const finding of rule.examine(document)) {
      if (finding) {
        const { pointer, message, advice = rule.advice } = finding;
        found.push(diagnose(description, pointer, rule.severity, rule.id, message, advice));
      }
      yield;
    }
    yield;
  }
  return {
    diagnostics: inOrder([...(description.source.repeatedKeys?.() ?? []), ...foundElsewhere(description), ...found]),
    examples: count(document),
  };
}

const knownRules = new Set(checkRules.map(({ id }) => id));

/** Replaced by rules here that say more. */
const superseded = new Set(['path-item-invalid', 'operation-invalid', 'paths-invalid', 'path-parameter-stray']);

/** What only loading and compiling tell: mistakes in overlays, and in extensions of ours. */
function foundElsewhere(description: Description): Diagnostic[] {
  const isNew = ({ rule }: Diagnostic) => !knownRules.has(rule) && !superseded.has(rule);
  try {
    return compile(description).diagnostics.filter(isNew);
  } catch (error) {
    if (error instanceof DocumentError) return [...description.diagnostics, ...error.diagnostics].filter(isNew);
    throw error;
  }
}

function count(document: CheckedDocument): Record<ExampleClass, number> {
  const counts = Object.fromEntries(exampleClasses.map((name) => [name, 0])) as Record<ExampleClass, number>;
  for (const example of document.examples()) counts[example.class]++;
  return counts;
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const once = new Map(
    diagnostics.map((diagnostic) => [
      `${diagnostic.rule} ${formatPlace(diagnostic.place)} ${diagnostic.message}`,
      diagnostic,
    ]),
  );
  return [...once.values()].sort(
    ({ place: a }, { place: b }) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
