// Side by side, in one run on one machine: a bare node:http server that answers the same bytes, standin, and Prism.
//   npm run bench                      3 rounds of 4 s for each
//   npm run bench -- --rounds 5 --seconds 10
import { parseArgs } from 'node:util';
import { load } from './load.js';
import { peers } from './peers.js';
import { scenarios } from './scenarios.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

for (const scenario of scenarios) {
  console.log(`\n${scenario.name}`);
  const results = new Map(peers.map(({ name }) => [name, []]));
  // Round after round, so that what else the machine does falls on all of them.
  for (let round = 0; round < rounds; round++) {
    for (const peer of peers) {
      const { url, stop } = await peer.start(scenario);
      try {
        await load(url, scenario, 1);
        results.get(peer.name).push(await load(url, scenario, seconds));
      } finally {
        await stop();
      }
    }
  }
  const bare = median(results.get('node:http').map(({ perSecond }) => perSecond));
  for (const [name, runs] of results) {
    const perSecond = median(runs.map((run) => run.perSecond));
    const latency = median(runs.map((run) => run.p99Ms));
    const cells = [
      name.padEnd(12),
      `${Math.round(perSecond)} requests/s`.padStart(18),
      `p99 ${latency} ms`.padStart(12),
      `${(perSecond / bare).toFixed(3)} of node:http`,
    ];
    console.log(`  ${cells.join('  ')}`);
  }
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
