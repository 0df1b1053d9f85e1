#!/usr/bin/env node
import { fork } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Job } from './job.js';
import { measurePeers, type PeerScore } from './peers/measure-peers.js';
import { type Measured, scoreOf } from './score.js';

/** Of the mutants that must be killed, in percent. */
const target = 97;

const folder = 'contracts/mutants/documents';

const command = new Command('mutants')
  .description('Measure the suite by faults planted into a provider that is right but for them.')
  .option('--json <file>', 'write the score, with those that survived')
  .option('--only <kind>', 'only faults whose kind has this text in it')
  .option('--document <name>', `only this document of ${folder}`)
  .option('--seeds <count>', 'with so many seeds', Number, 5)
  .option('--jobs <count>', 'processes at the same time', Number, availableParallelism())
  .option(
    '--peers [name]',
    'measure other tools instead, or one of them, each kind of fault once (npm installs them into a temporary folder)',
  )
  .option('--all', 'print those that were killed, too')
  .addHelpText('after', `\nExit codes: 0 on target (${target} % killed, no false alarm, no flake), 1 below it.`)
  .parse();
const options = command.opts<{
  json?: string;
  only?: string;
  document?: string;
  seeds: number;
  jobs: number;
  peers?: string | true;
  all?: true;
}>();

const documents = readdirSync(folder).filter((name) => options.document === undefined || name === options.document);
if (options.peers) {
  await runPeers();
  process.exit();
}
const shares = Array.from({ length: 8 }, (_, index) => ({ index, of: 8 }));
const seeds = Array.from({ length: options.seeds }, (_, index) => `seed-${index + 1}`);
const pending: Job[] = documents.flatMap((name) =>
  shares.map((share) => ({
    document: `${folder}/${name}`,
    seeds,
    share,
    ...(options.only !== undefined && { only: options.only }),
  })),
);
const measures: Measured[] = [];
const startedMs = performance.now();
await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));

const score = scoreOf(measures, (performance.now() - startedMs) / 1000);
const line = (mark: string, { document, kind, place, verdict, told }: Omit<Measured, 'seed'>, seeds: number) =>
  console.log(
    `${mark} ${document.split('/').at(-1)}: ${kind} (${place}): ${verdict}, ${seeds} seeds${told === undefined ? '' : `\n    ${told}`}`,
  );
if (options.all) for (const one of measures) line(' ', one, 1);
for (const one of [...score.survivors, ...score.alarms])
  line(one.verdict === 'false alarm' ? '!' : '×', one as never, one.seeds.length);
console.log(
  `\n${score.killed} of ${score.mutants} mutants (${score.kinds} kinds) killed for the stated reason with each of ${score.seeds} seeds: ${score.killedPercent} %`,
);
console.log(`${score.falseAlarms} false alarms in ${score.legalVariants} legal variants, ${score.flakes} flakes`);
console.log(`${score.requests} requests, ${score.seconds} s`);
if (options.json) writeFileSync(options.json, `${JSON.stringify(score, undefined, 2)}\n`);
process.exitCode = score.killedPercent >= target && score.falseAlarms === 0 && score.flakes === 0 ? 0 : 1;

async function runPeers(): Promise<void> {
  const scores: PeerScore[] = [];
  for (const name of documents)
    scores.push(
      ...(await measurePeers(
        `${folder}/${name}`,
        options.peers === true ? undefined : options.peers,
        ({ peer, missing, ...found }) =>
          console.log(
            `${peer} on ${name}: ${missing ?? `${found.killed} of ${found.mutants} killed, ${found.falseAlarms} false alarms in ${found.legalVariants} legal variants, ${found.atRest} complaints of the provider as it should be, ${found.seconds} s`}`,
          ),
      )),
    );
  if (options.json) writeFileSync(options.json, `${JSON.stringify(scores, undefined, 2)}\n`);
}

/** In processes of their own: a provider and its client keep one processor busy. */
async function work(): Promise<void> {
  const child = fork(fileURLToPath(new URL('job-process.js', import.meta.url)), { stdio: 'inherit' });
  try {
    for (let job = pending.shift(); job !== undefined; job = pending.shift()) {
      const current = job;
      const answer = await new Promise<{ measures?: Measured[]; error?: string }>((resolve) => {
        const ended = (code: number | null) => resolve({ error: `the process ended with ${code}` });
        child.once('exit', ended);
        child.once('message', (message) => {
          child.off('exit', ended);
          resolve(message as { measures: Measured[] });
        });
        child.send(current);
      });
      if (!answer.measures) throw new Error(`${current.document}: ${answer.error}`);
      measures.push(...answer.measures);
    }
  } finally {
    child.kill();
  }
}
