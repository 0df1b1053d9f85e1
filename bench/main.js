// Every claim about speed, as ratios to a peer that is measured beside it in the same run.
//   npm run bench                                   every row, 3 rounds of 3 s
//   npm run bench -- --only create-example,prism-20 --rounds 5 --seconds 5
//   npm run bench -- --json results.json
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { tool } from './load.js';
import { start } from './rows/start.js';
import { throughput } from './rows/throughput.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const context = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
const wanted = values.only?.split(',');
const rows = [];

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.versions.node}, load by ${tool}, medians of ${context.rounds} rounds of ${context.seconds} s\n`,
);
console.log('| row | what | measured | spread | target | |\n| --- | --- | --- | --- | --- | --- |');
for (const row of [...throughput, ...start]) {
  if (wanted && !wanted.includes(row.id)) continue;
  rows.push(await report(row));
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows }, undefined, 2)}\n`);
process.exitCode = rows.some(({ error }) => error !== undefined) ? 1 : 0;

async function report({ id, what, target, unit = '', measure }) {
  const goal = target.atLeast === undefined ? target.atMost : target.atLeast;
  const told = `${target.atLeast === undefined ? '≤' : '≥'} ${format(goal)}${unit}`;
  try {
    const found = await measure(context);
    if (!found) {
      console.log(`| ${id} | ${what} | the peer is not installed | | ${told} | |`);
      return { id, what, measured: null, target: goal, ok: null, missing: true };
    }
    const sorted = found.toSorted((a, b) => a - b);
    const measured = sorted[Math.floor(sorted.length / 2)];
    const ok = target.atLeast === undefined ? measured <= goal : measured >= goal;
    console.log(
      `| ${id} | ${what} | ${format(measured)}${unit} | ${format(sorted[0])} to ${format(sorted.at(-1))} | ${told} | ${ok ? 'met' : 'missed'} |`,
    );
    return { id, what, measured, spread: [sorted[0], sorted.at(-1)], target: goal, ok };
  } catch (error) {
    console.log(`| ${id} | ${what} | failed: ${error.message.split('\n')[0]} | | ${told} | |`);
    return { id, what, measured: null, target: goal, ok: false, error: error.message };
  }
}

function format(number) {
  return number >= 100 ? String(Math.round(number)) : number.toPrecision(3);
}
