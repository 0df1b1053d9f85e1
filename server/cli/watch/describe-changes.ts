import { styleText } from 'node:util';
import { type Contract, type ContractChange, compareContracts } from '../../contract/index.js';

/** More changes of one API than this are counted; those that break clients are told first. */
const toldMax = 20;

/** What the contracts say differently than before, in lines; those that break clients are marked. */
export function describeChanges(before: readonly Contract[], after: readonly Contract[]): string {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const several = names.length > 1;
  const lines = names.flatMap((name) => {
    const old = before.find((contract) => contract.name === name);
    const now = after.find((contract) => contract.name === name);
    if (!old) return [`  + ${name}: is new`];
    if (!now) return [mark(`  ! ${name}: is gone (breaking)`)];
    const changes = compareContracts(old, now);
    const told = changes.slice(0, toldMax).map((change) => lineOf(change, several ? `${name}: ` : ''));
    const more = changes.length - told.length;
    return [...told, ...(more > 0 ? [`  … and ${more} more`] : [])];
  });
  if (lines.length === 0) return 'the contract is as before, and served anew';
  return `served anew:\n${lines.join('\n')}`;
}

function lineOf({ operation, what, isBreaking }: ContractChange, prefix: string): string {
  const text = `${prefix}${operation}: ${what}`;
  return isBreaking ? mark(`  ! ${text} (breaking)`) : `  + ${text}`;
}

const mark = (text: string) => (process.stdout.isTTY && !process.env.NO_COLOR ? styleText('red', text) : text);
