import { serve } from '../../server/index.js';
import { deriveSuite, type Suite, startRun } from '../suite.js';
import type { Api } from './api.js';
import type { Mutant } from './mutant.js';
import { createProvider, goodCredential, lowCredential } from './provider.js';
import { listen } from './service.js';

/** What the suite made of a mutant. */
export interface Measure {
  readonly kind: string;
  readonly place: string;
  readonly isLegal: boolean;
  /** `unreached`: no request came where the fault is. `other reason`: something was found, and not what is wrong. */
  readonly verdict: 'killed' | 'other reason' | 'unnoticed' | 'unreached' | 'false alarm' | 'quiet';
  /** The case that told, or that was alarmed, and what it said. */
  readonly told?: string;
  /** Id of the case that killed it. */
  readonly killer?: string;
  readonly requests: number;
  readonly elapsedMs: number;
}

export function suiteFor(api: Api, seed: string): Suite {
  const all = (value: string) => {
    const schemes = api.operations.flatMap(({ security }) => security.flatMap((one) => one.schemes));
    return Object.fromEntries(schemes.map(({ name }) => [name, value]));
  };
  return deriveSuite([api.contract], { seed, credentials: all(goodCredential), lowCredentials: all(lowCredential) });
}

/**
 * Runs a suite on a mutant, up to the first case that tells what is wrong; on a legal variant to its end. A case tells if the fault
 * had a hand in it, or in one before it, and its finding is of a kind that the fault gives reason for.
 */
export async function measure(
  api: Api,
  suite: Suite,
  mutant: Mutant,
  seed: string,
  /** Id of a case to begin with: the one that killed it with another seed saves those before it. */
  likely?: string,
): Promise<Measure> {
  let touches = 0;
  const service = mutant.wrap(createProvider(api.contract, `provider-${seed}`), () => touches++);
  const { url, close } = await serve(listen(service), { port: 0, host: '127.0.0.1' });
  const run = startRun(suite, { kind: 'service', url, baseUrlOf: () => url });
  const startedMs = performance.now();
  const other: string[] = [];
  let killer: { readonly id: string; readonly told: string } | undefined;
  const first = suite.cases.filter(({ id }) => id === likely);
  for (const contractCase of [...first, ...suite.cases]) {
    const outcome = await run.runCase(contractCase);
    if (outcome.verdict !== 'violated') continue;
    const told = `${contractCase.id}: ${outcome.findings.map(({ message }) => message).join('; ')}`.slice(0, 400);
    if (touches > 0 && outcome.findings.some(({ kind }) => mutant.reasons?.includes(kind))) {
      killer = { id: contractCase.id, told };
      break;
    }
    other.push(told);
  }
  const elapsedMs = performance.now() - startedMs;
  await close(0);
  const { kind, place, reasons } = mutant;
  const told = killer?.told ?? other[0];
  const verdict = reasons
    ? killer !== undefined
      ? 'killed'
      : touches === 0
        ? 'unreached'
        : other.length > 0
          ? 'other reason'
          : 'unnoticed'
    : other.length > 0
      ? 'false alarm'
      : 'quiet';
  return {
    kind,
    place,
    isLegal: reasons === undefined,
    verdict,
    ...(told !== undefined && { told }),
    ...(killer && { killer: killer.id }),
    requests: run.requests(),
    elapsedMs,
  };
}
