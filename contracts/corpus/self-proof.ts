#!/usr/bin/env node
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { findDocuments } from './documents.js';
import { nothingProved, type Proof } from './proof.js';

const command = new Command('self-proof')
  .description('Run the whole suite of each OpenAPI document of a folder on a stand-in for it: the two must agree.')
  .argument('<paths...>', 'folders, or documents')
  .addOption(new Option('--json <file>', 'write the counts and each violated case there'))
  .addOption(new Option('--patience <seconds>', 'end what takes longer, as hung').default(600).argParser(Number))
  .option('--as-service', 'as if the stand-in were a real service: no Prefer, values as it likes')
  .addOption(new Option('--jobs <count>', 'documents at a time').default(availableParallelism()).argParser(Number))
  .addOption(
    new Option('--violated <count>', 'how many violated cases of each document to print').default(3).argParser(Number),
  )
  .parse();
const options = command.opts<{
  asService?: boolean;
  json?: string;
  patience: number;
  jobs: number;
  violated: number;
}>();

const pending = (command.processedArgs[0] as string[]).flatMap(findDocuments);
const proofs: Proof[] = [];
await Promise.all(Array.from({ length: options.jobs }, work));
summarize();
process.exitCode = proofs.some(({ result, violated }) => result === 'crashed' || violated.length > 0) ? 1 : 0;

async function work(): Promise<void> {
  for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
    const proof = await proveApart(file);
    proofs.push(proof);
    const { result, cases, proved, violated, requests, elapsedMs, why } = proof;
    const perSecond = elapsedMs > 0 ? Math.round((1000 * cases) / elapsedMs) : 0;
    console.log(
      result === 'opened'
        ? `${file}: ${cases} cases, ${proved} proved, ${violated.length} violated, ${requests} requests, ${perSecond} cases/s`
        : `${file}: ${result} (${why?.split('\n')[0]})`,
    );
    for (const { id, message } of violated.slice(0, options.violated))
      console.log(`    ${id}: ${message.slice(0, 400)}`);
  }
}

function summarize(): void {
  const sum = (count: (proof: Proof) => number) => proofs.reduce((total, proof) => total + count(proof), 0);
  const ofCases = commonest(proofs.map(({ casesNotProvokable }) => casesNotProvokable));
  const sorted = commonest(proofs.map(({ notProvokable }) => notProvokable));
  const totals = {
    documents: proofs.length,
    opened: sum(({ result }) => Number(result === 'opened')),
    crashed: sum(({ result }) => Number(result === 'crashed')),
    cases: sum(({ cases }) => cases),
    proved: sum(({ proved }) => proved),
    unshown: sum(({ unshown }) => unshown),
    violated: sum(({ violated }) => violated.length),
    requests: sum(({ requests }) => requests),
    statuses: sum(({ statuses }) => statuses),
    statusesProved: sum(({ statusesProved }) => statusesProved),
    statusesViolated: sum(({ statusesViolated }) => statusesViolated),
    runMs: Math.round(sum(({ elapsedMs }) => elapsedMs)),
  };
  console.log(`\n${totals.documents} documents: ${totals.opened} opened, ${totals.crashed} crashed`);
  console.log(
    `${totals.cases} cases: ${totals.proved} proved, ${totals.violated} violated, ${totals.cases - totals.proved - totals.violated} not provokable; ${totals.requests} requests, ${Math.round((1000 * totals.cases) / Math.max(1, totals.runMs))} cases/s`,
  );
  tellCauses(ofCases);
  console.log(
    `  ${totals.unshown} of those proved were answered by an example in place of what was sent, which said so`,
  );
  console.log(
    `${totals.statuses} documented statuses: ${totals.statusesProved} proved, ${totals.statusesViolated} violated, ${totals.statuses - totals.statusesProved - totals.statusesViolated} not provokable`,
  );
  tellCauses(sorted);
  if (options.json)
    writeFileSync(
      options.json,
      `${JSON.stringify({ ...totals, casesNotProvokable: Object.fromEntries(ofCases), notProvokable: Object.fromEntries(sorted), proofs }, undefined, 2)}\n`,
    );
}

function commonest(all: readonly Readonly<Record<string, number>>[]): [string, number][] {
  const causes = new Map<string, number>();
  for (const [why, count] of all.flatMap(Object.entries)) causes.set(why, (causes.get(why) ?? 0) + Number(count));
  return [...causes].sort(([, a], [, b]) => b - a);
}

function tellCauses(causes: readonly (readonly [string, number])[]): void {
  for (const [why, count] of causes) console.log(`  ${String(count).padStart(6)}  ${why}`);
}

/** In a process of its own, which is ended if it hangs. */
function proveApart(file: string): Promise<Proof> {
  return new Promise((resolve) => {
    const child = fork(
      fileURLToPath(new URL('self-proof-process.js', import.meta.url)),
      [file, options.asService ? 'service' : 'standin'],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const impatience = setTimeout(() => child.kill('SIGKILL'), options.patience * 1000);
    child.on('message', (proof) => resolve(proof as Proof));
    child.on('close', (status, signal) => {
      clearTimeout(impatience);
      const why = signal ? `it took over ${options.patience} s` : `it ended with ${status}: ${stderr}`;
      resolve({
        file,
        result: 'crashed',
        why,
        ...nothingProved,
      });
    });
  });
}
