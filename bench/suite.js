// Runs the contract suite on the five APIs several times in one process, and prints the cases per second of the last.
import { deriveSuite, runSuite, startTarget } from '../dist/contracts/index.js';
import { loadContracts } from '../dist/contracts/settings.js';

const rounds = 6;
let perSecond = 0;
for (let round = 0; round < rounds; round++) {
  const contracts = loadContracts({ documents: ['specs'], overlays: [] });
  const target = await startTarget(contracts);
  const { outcomes, elapsedMs } = await runSuite(deriveSuite(contracts), target);
  await target.close();
  const failed = outcomes.find(({ verdict }) => verdict !== 'proved');
  if (failed) throw new Error(`${failed.case.id}: ${failed.verdict}`);
  perSecond = (1000 * outcomes.length) / elapsedMs;
}
process.stdout.write(String(perSecond));
