// Where the time goes: the built mock under load, and the functions that the processor spent most of it in.
//   npm run profile                                 an example reply of the Prelude document, 5 s
//   npm run profile -- --state                      the same operation with its overlay, which remembers users
//   npm run profile -- --seconds 10 --top 40
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preludeWithoutOverlay } from './documents.js';
import { load, tool } from './load.js';
import { create, createUnique } from './rows/throughput.js';
import { startStandin } from './server.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    top: { type: 'string', default: '25' },
    state: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'standin-profile-'));
const document = values.state ? 'specs/prelude' : preludeWithoutOverlay();
const server = await startStandin(document, [], ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
const rate = await load(server.url, values.state ? createUnique : create, Number(values.seconds));
await server.stop('SIGTERM');

const [name] = readdirSync(folder);
const file = join(folder, name);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
const micros = new Map();
let total = 0;
samples.forEach((id, index) => {
  const { functionName, url, lineNumber } = frames.get(id);
  if (functionName === '(idle)') return;
  const place = url === '' ? '' : `${url.replace(/^.*\/(?=(?:node_modules|dist)\/)/, '')}:${lineNumber + 1}`;
  const key = `${functionName || '(anonymous)'} ${place}`;
  micros.set(key, (micros.get(key) ?? 0) + timeDeltas[index]);
  total += timeDeltas[index];
});

console.log(`${Math.round(rate)} requests/s while profiled, load by ${tool}\n\n  self  function`);
for (const [key, time] of [...micros].sort((a, b) => b[1] - a[1]).slice(0, Number(values.top)))
  console.log(`${((100 * time) / total).toFixed(1).padStart(5)}%  ${key}`);
console.log(`\nThe profile, to be opened in Chrome DevTools or speedscope: ${file}`);
