#!/usr/bin/env node
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { findDocuments } from './documents.js';
import { nothingAsked, type Survey } from './survey-result.js';

const command = new Command('corpus')
  .description(
    'Open each OpenAPI document of a folder as a server of its own, and count what it honours of what is documented.',
  )
  .argument('<paths...>', 'folders, or documents')
  .addOption(new Option('--json <file>', 'write the counts and each failure there'))
  .addOption(new Option('--patience <seconds>', 'end what takes longer, as hung').default(300).argParser(Number))
  .addOption(
    new Option('--failures <count>', 'how many failures of each document to print').default(3).argParser(Number),
  )
  .parse();
const options = command.opts<{ json?: string; patience: number; failures: number }>();

const files = (command.processedArgs[0] as string[]).flatMap(findDocuments);
const surveys: Survey[] = [];
const pending = [...files];
await Promise.all(Array.from({ length: availableParallelism() }, work));

const opened = surveys.filter(({ result }) => result === 'opened');
const sum = (count: (survey: Survey) => number) => surveys.reduce((total, survey) => total + count(survey), 0);
const totals = {
  documents: surveys.length,
  opened: opened.length,
  refused: surveys.filter(({ result }) => result === 'refused').length,
  crashed: surveys.filter(({ result }) => result === 'crashed').length,
  pairs: sum(({ pairs }) => pairs),
  pairsHonoured: sum(({ pairsHonoured }) => pairsHonoured),
  examples: sum(({ examples }) => examples),
  examplesVerbatim: sum(({ examplesVerbatim }) => examplesVerbatim),
  operations: sum(({ operations }) => operations),
  operationsAccepted: sum(({ operationsAccepted }) => operationsAccepted),
  collections: sum(({ collections }) => collections),
  roundTrips: sum(({ roundTrips }) => roundTrips),
  roundTripsCompleted: sum(({ roundTripsCompleted }) => roundTripsCompleted),
};
const share = (part: number, whole: number) =>
  `${part} of ${whole}${whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(2)} %)`}`;
console.log(
  `\n${totals.documents} documents: ${totals.opened} opened, ${totals.refused} refused, ${totals.crashed} crashed`,
);
console.log(`pairs honoured        ${share(totals.pairsHonoured, totals.pairs)}`);
console.log(`examples verbatim     ${share(totals.examplesVerbatim, totals.examples)}`);
console.log(`operations accepted   ${share(totals.operationsAccepted, totals.operations)}`);
console.log(`round trips completed ${share(totals.roundTripsCompleted, totals.roundTrips)}`);
for (const [cause, count] of causes()) console.log(`                      ${count} × ${cause}`);
console.log(
  `collections inferred  ${totals.collections} in ${surveys.filter(({ collections }) => collections > 0).length} documents`,
);
console.log(`slowest start         ${Math.max(0, ...opened.map(({ startMs = 0 }) => startMs))} ms`);
if (options.json) {
  const failures = surveys.flatMap(({ file, result, why, failures: found }) => [
    ...(result === 'opened' ? [] : [{ file, kind: result, message: why }]),
    ...found.map((failure) => ({ file, ...failure })),
  ]);
  const roundTripFailures = surveys.flatMap(({ file, roundTripFailures: found }) =>
    found.map((failure) => ({ file, ...failure })),
  );
  const documents = surveys.map(({ failures: _, roundTripFailures: __, ...counts }) => counts);
  writeFileSync(
    options.json,
    `${JSON.stringify({ ...totals, failures, roundTripFailures, surveys: documents }, undefined, 2)}\n`,
  );
}
process.exitCode = totals.crashed > 0 ? 1 : 0;

async function work(): Promise<void> {
  for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
    const found = await surveyApart(file);
    surveys.push(found);
    console.log(line(found));
    if (found.why) console.log(`    ${found.why.split('\n')[0]}`);
    for (const { kind, id, message } of found.failures.slice(0, options.failures))
      console.log(`    ${kind} ${id}: ${message.slice(0, 300)}`);
    for (const { collection, cause, message } of found.roundTripFailures.slice(0, options.failures))
      console.log(`    round trip ${collection}: ${cause}: ${message.slice(0, 300)}`);
  }
}

/** How often which cause ended a round trip, the commonest first. */
function causes(): [string, number][] {
  const counts = new Map<string, number>();
  for (const { cause } of surveys.flatMap(({ roundTripFailures }) => roundTripFailures))
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function line(found: Survey): string {
  const { file, result, startMs = 0 } = found;
  if (result !== 'opened') return `${file}: ${result}`;
  const {
    pairs,
    pairsHonoured,
    examples,
    examplesVerbatim,
    operations,
    operationsAccepted,
    roundTrips,
    roundTripsCompleted,
  } = found;
  return `${file}: ${startMs} ms, pairs ${pairsHonoured}/${pairs}, examples ${examplesVerbatim}/${examples}, operations ${operationsAccepted}/${operations}, round trips ${roundTripsCompleted}/${roundTrips}`;
}

/** In a process of its own, which is ended if it hangs. */
function surveyApart(file: string): Promise<Survey> {
  const crashed = (why: string): Survey => ({ file, result: 'crashed', why, ...nothingAsked });
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('survey-process.js', import.meta.url)), [file], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const impatience = setTimeout(() => child.kill('SIGKILL'), options.patience * 1000);
    child.on('message', (found) => resolve(found as Survey));
    child.on('close', (status, signal) => {
      clearTimeout(impatience);
      resolve(crashed(signal ? `it took over ${options.patience} s` : `it ended with ${status}: ${stderr}`));
    });
  });
}
