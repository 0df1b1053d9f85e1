import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isObject } from '../../server/documents/index.js';
import { ConfigurationError } from '../configuration-error.js';
import type { CaseReport, FindingReport } from './run-report.js';

/** A finding that is known, and fails no run. What it says may change from run to run, so only where and what it is counts. */
interface KnownFinding {
  /** The id of the case. */
  readonly case: string;
  readonly kind: string;
  /** JSON Pointer into the body, with `*` for each index, or the name of a header. */
  readonly at?: string;
  /** What it said when it was written down, for people. */
  readonly message: string;
}

export interface Baseline {
  readonly has: (caseId: string, finding: Pick<FindingReport, 'kind' | 'at'>) => boolean;
  readonly findings: readonly KnownFinding[];
}

export const emptyBaseline: Baseline = { has: () => false, findings: [] };

/** @throws ConfigurationError where there is no such file, or it is no baseline. */
export function readBaseline(file: string): Baseline {
  if (!existsSync(file))
    throw new ConfigurationError(`${file}: there is no such baseline; write one with --update-baseline`);
  let found: unknown;
  try {
    found = (JSON.parse(readFileSync(file, 'utf8')) as { findings?: unknown } | null)?.findings;
  } catch (error) {
    throw new ConfigurationError(`${file}: this is not JSON (${(error as Error).message}); write it anew`);
  }
  if (!Array.isArray(found) || !found.every(isKnownFinding))
    throw new ConfigurationError(`${file}: expected {"findings": [{"case", "kind", "at", "message"}]}; write it anew`);
  const keys = new Set(found.map((finding) => keyOf(finding.case, finding)));
  return { findings: found, has: (caseId, finding) => keys.has(keyOf(caseId, finding)) };
}

function isKnownFinding(value: unknown): value is KnownFinding {
  return isObject(value) && typeof value.case === 'string' && typeof value.kind === 'string';
}

/** Writes down every finding there is, in an order that makes differences easy to read. */
export function writeBaseline(file: string, results: readonly CaseReport[]): number {
  const findings = results
    .flatMap((result) => result.findings.map((finding) => toKnown(result.id, finding)))
    .filter((one, index, all) => all.findIndex((other) => keyOf(other.case, other) === keyOf(one.case, one)) === index)
    .sort((a, b) => (keyOf(a.case, a) < keyOf(b.case, b) ? -1 : 1));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ findings }, undefined, 2)}\n`);
  return findings.length;
}

/** Those of the baseline whose cases ran and had no such finding any more. */
export function outdated({ findings }: Baseline, results: readonly CaseReport[]): KnownFinding[] {
  const ran = new Map(results.map((result) => [result.id, result]));
  return findings.filter((known) => {
    const result = ran.get(known.case);
    if (!result || result.verdict === 'not provokable') return false;
    return !result.findings.some((finding) => keyOf(known.case, finding) === keyOf(known.case, known));
  });
}

function toKnown(caseId: string, { kind, at, message }: FindingReport): KnownFinding {
  return { case: caseId, kind, ...(at !== undefined && { at: general(at) }), message };
}

const keyOf = (caseId: string, { kind, at }: Pick<FindingReport, 'kind' | 'at'>) =>
  JSON.stringify([caseId, kind, general(at ?? '')]);

/** Which item of a list it is differs from run to run. */
const general = (at: string) => at.replace(/\/\d+(?=\/|$)/g, '/*');
