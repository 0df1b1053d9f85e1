import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '../../../server/contract/index.js';
import { loadDescriptions } from '../../../server/documents/index.js';
import { serve } from '../../../server/index.js';
import { startRun } from '../../suite.js';
import { createApi } from '../api.js';
import { suiteFor } from '../measure.js';
import { type Mutant, mutantsOf } from '../mutant.js';
import { createProvider, goodCredential } from '../provider.js';
import { listen } from '../service.js';
import { peers } from './index.js';
import type { Peer, PeerTask } from './peer.js';

/** What a peer found on the mutants of one document. */
export interface PeerScore {
  readonly peer: string;
  readonly document: string;
  /** Why it has no score. */
  readonly missing?: string;
  /** What it says is wrong with the provider as it should be. */
  readonly atRest: number;
  readonly mutants: number;
  /** Something was said that is not said of the provider as it should be; whether for the stated reason, nobody asked. */
  readonly killed: number;
  readonly legalVariants: number;
  readonly falseAlarms: number;
  readonly seconds: number;
  readonly killedKinds: readonly string[];
}

/** What the documents' own authors thought of first: each kind once in each document, where it is found soonest. */
export const commonKinds: readonly string[] = [
  'drop a required field',
  'wrong type',
  'number as string',
  'null in non-nullable',
  'unknown enum',
  'bad uuid',
  'bad date',
  'extra property where closed',
  'writeOnly leaked',
  'array to object',
  'fault in the last array item only',
  'wrong discriminator',
  'above a maximum',
  '200 for 201',
  'undocumented 418',
  '404 as empty 200',
  '400 as 500',
  '422 as 400',
  '204 with body',
  '409 as 400',
  'error body off schema',
  'stack trace',
  'HTML error',
  'required header missing',
  'header of the wrong type',
  'wrong content type',
  'malformed JSON',
  'Accept ignored',
  '405 without Allow',
  'anonymous accepted',
  'garbage token accepted',
  '401 and 403 swapped',
  'scope unchecked',
  'invalid body accepted',
  'missing query accepted',
  'unsupported media type accepted',
  'duplicate accepted',
  'GET after DELETE still 200',
  'documented example rejected',
];

const seed = 'seed-1';

/** Runs each peer on the mutants of a document; peers at the same time, each with one mutant after the other. */
export async function measurePeers(
  document: string,
  only: string | undefined,
  onScore: (score: PeerScore) => void,
): Promise<PeerScore[]> {
  const [description] = loadDescriptions([document]);
  if (!description) throw new Error(`${document} holds no document`);
  const api = createApi(compile(description));
  const all = mutantsOf(api);
  const common = commonKinds.flatMap((kind) => all.find((mutant) => mutant.kind === kind) ?? []);
  const legal = all.filter(({ reasons }) => reasons === undefined).slice(0, 8);
  const requests = await recordRequests(document);
  const onMutant = async <T>(mutant: Mutant | undefined, run: (url: string) => Promise<T>): Promise<T> => {
    const right = createProvider(api.contract, seed);
    const service = mutant ? mutant.wrap(right, () => {}) : right;
    const { url, close } = await serve(listen(service), { port: 0, host: '127.0.0.1' });
    try {
      return await run(url);
    } finally {
      await close(0);
    }
  };
  return Promise.all(
    peers
      .filter(({ name }) => only === undefined || name === only)
      .map(async (peer): Promise<PeerScore> => {
        const startedMs = performance.now();
        const none = { atRest: 0, mutants: 0, killed: 0, legalVariants: 0, falseAlarms: 0, killedKinds: [] };
        const score = (made: Omit<PeerScore, 'peer' | 'document' | 'seconds'>): PeerScore => {
          const seconds = Math.round((performance.now() - startedMs) / 1000);
          const whole = { peer: peer.name, document, seconds, ...made };
          onScore(whole);
          return whole;
        };
        const folder = install(peer);
        if (folder.missing !== undefined) return score({ ...none, missing: folder.missing });
        const task: Omit<PeerTask, 'url'> = {
          folder: folder.at,
          file: resolve(description.file),
          credential: goodCredential,
          requests,
        };
        const run = (mutant: Mutant | undefined) => onMutant(mutant, (url) => peer.run({ ...task, url }));
        // What it says differs from run to run of itself: whatever it says of the right provider in either of two is no finding.
        const said = new Set([...(await run(undefined)), ...(await run(undefined))]);
        const speaksUp = async (mutants: readonly Mutant[]) => {
          const found: string[] = [];
          for (const mutant of mutants)
            if ((await run(mutant)).some((text) => !said.has(text))) found.push(mutant.kind);
          return found;
        };
        const killedKinds = await speaksUp(common);
        const falseAlarms = (await speaksUp(legal)).length;
        return score({
          atRest: said.size,
          mutants: common.length,
          killed: killedKinds.length,
          legalVariants: legal.length,
          falseAlarms,
          killedKinds,
        });
      }),
  );
}

/** Into a folder of its own, once. */
function install({ name, packages }: Peer): { readonly at: string; readonly missing?: string } {
  const at = join(tmpdir(), 'standin-mutants-peers', name.toLowerCase().replaceAll(' ', '-'));
  if (existsSync(join(at, 'installed'))) return { at };
  mkdirSync(at, { recursive: true });
  try {
    writeFileSync(join(at, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
      cwd: at,
      stdio: 'pipe',
    });
    writeFileSync(join(at, 'installed'), '');
    return { at };
  } catch (error) {
    const told = (error as { stderr?: Buffer }).stderr?.toString('utf8').trim().split('\n').at(-1);
    return { at, missing: `npm can't install ${packages.join(', ')}: ${told ?? (error as Error).message}` };
  }
}

/** The valid requests of our own suite, with what has to be there first, as the right provider was asked. */
async function recordRequests(document: string): Promise<PeerTask['requests']> {
  const [description] = loadDescriptions([document]);
  if (!description) return [];
  const api = createApi(compile(description));
  const { url, close } = await serve(listen(createProvider(api.contract, seed)), { port: 0, host: '127.0.0.1' });
  const suite = suiteFor(api, seed);
  const run = startRun(suite, { kind: 'service', url, baseUrlOf: () => url });
  const requests: PeerTask['requests'][number][] = [];
  for (const contractCase of suite.cases.filter(({ title }) => title.startsWith('a valid request'))) {
    const { exchanges } = await run.runCase(contractCase);
    requests.push(...exchanges.map(({ request }) => ({ ...request, headers: { ...request.headers } })));
  }
  await close(0);
  return requests;
}
