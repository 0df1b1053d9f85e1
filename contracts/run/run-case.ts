import type { Contract } from '../../server/contract/index.js';
import type { CaseRequest, ContractCase } from '../case.js';
import { type Answer, ask } from './answer.js';
import { fillBlanks } from './fill-blanks.js';
import { type Finding, judge } from './judge.js';
import type { Target } from './target.js';
import { withTaken } from './with-taken.js';

/** What came of a case. */
export interface Outcome {
  readonly case: ContractCase;
  /** `not provokable`: the server is not one that the case could be run on, or it has no value for a blank. */
  readonly verdict: 'proved' | 'violated' | 'not provokable';
  readonly findings: readonly Finding[];
  /** To the last step; absent where there was none. */
  readonly answer?: Answer;
  /** Why it is not provokable. */
  readonly why?: string;
}

/** Why a case can't be run on a target; `undefined` where it can. */
export function whyNot({ kind, expect, steps, blocked }: ContractCase, { kind: target }: Target): string | undefined {
  if (blocked !== undefined) return blocked;
  if (target === 'standin') return undefined;
  if (kind === 'documented') return 'a real service takes no Prefer';
  if (expect.problem !== undefined) return 'not documented';
  return steps.some(({ times = 1 }) => times > 20) ? 'it would strain a real service' : undefined;
}

/** Runs the steps of a case, one after the other, and judges the last answer. Never rejects. */
export async function runCase(contract: Contract, contractCase: ContractCase, target: Target): Promise<Outcome> {
  const why = whyNot(contractCase, target);
  if (why !== undefined) return { case: contractCase, verdict: 'not provokable', findings: [], why };
  const baseUrl = target.baseUrlOf(contract);
  try {
    const answers: Answer[] = [];
    let answer: Answer | undefined;
    let before: CaseRequest | undefined;
    for (const { request, times = 1, blanks = [] } of contractCase.steps) {
      const filled = answer && before ? fillBlanks(request, blanks, { request: before, answer, baseUrl }) : request;
      if ('missing' in filled) {
        const missing = `the answer before it has no ${filled.missing}`;
        return { case: contractCase, verdict: 'not provokable', findings: [], why: missing };
      }
      for (let time = 0; time < times; time++) {
        before = withTaken(filled, answers);
        answer = await ask(baseUrl, before, { reuse: target.kind === 'standin' });
      }
      if (answer) answers.push(answer);
    }
    if (!answer) throw new Error('the case has no step');
    const findings = await judge(contract, contractCase.operation, contractCase.expect, answer, {
      values: target.kind === 'standin',
    });
    return { case: contractCase, verdict: findings.length === 0 ? 'proved' : 'violated', findings, answer };
  } catch (error) {
    return {
      case: contractCase,
      verdict: 'violated',
      findings: [{ kind: 'status', message: `no answer: ${(error as Error).message}` }],
    };
  }
}

/** A violated case as its reader needs it: what was wrong, and how to see it for oneself. */
export function explain({ case: { id, steps }, findings }: Outcome, baseUrl: string): string {
  const last = steps.at(-1)?.request;
  const before = steps.slice(0, -1).reduce((count, { times = 1 }) => count + times, 0);
  return [
    id,
    ...findings.map(({ message }) => `  ${message}`),
    ...(last
      ? [
          `  ${curl(baseUrl, last)}${before > 0 ? `   (after ${before} request${before === 1 ? '' : 's'} before it)` : ''}`,
        ]
      : []),
  ].join('\n');
}

function curl(baseUrl: string, { method, path, headers, body }: CaseRequest): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const sent = Object.entries(headers).map(
    ([name, value]) => ` -H ${quote(value === '' ? `${name}:` : `${name}: ${value}`)}`,
  );
  return `curl -i -X ${method} ${quote(`${baseUrl}${path}`)}${sent.join('')}${body === undefined ? '' : ` --data-raw ${quote(body.length > 500 ? `${body.slice(0, 500)}…` : body)}`}`;
}
