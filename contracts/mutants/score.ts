import type { Measure } from './measure.js';

/** A measure, and of which document and seed. */
export interface Measured extends Measure {
  readonly document: string;
  readonly seed: string;
}

/** What `--json` writes. */
interface Score {
  /** Faults in their places, each counted once however many seeds there were. */
  readonly mutants: number;
  readonly kinds: number;
  /** With each seed, for the stated reason. */
  readonly killed: number;
  /** Of 100. */
  readonly killedPercent: number;
  /** Legal variants, and providers with no fault, that something was found against. */
  readonly legalVariants: number;
  readonly falseAlarms: number;
  /** Mutants whose verdict depended on the seed. */
  readonly flakes: number;
  readonly seeds: number;
  readonly requests: number;
  readonly seconds: number;
  readonly survivors: readonly Survivor[];
  readonly alarms: readonly Survivor[];
}

interface Survivor {
  readonly document: string;
  readonly kind: string;
  readonly place: string;
  readonly verdict: Measure['verdict'];
  /** Seeds with which it survived, or alarmed. */
  readonly seeds: readonly string[];
  readonly told?: string;
}

export function scoreOf(measures: readonly Measured[], seconds: number): Score {
  const groups = new Map<string, Measured[]>();
  for (const one of measures) {
    const key = JSON.stringify([one.document, one.kind, one.place, one.isLegal]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const all = [...groups.values()];
  const faulty = all.filter(([one]) => one && !one.isLegal);
  const legal = all.filter(([one]) => one?.isLegal);
  const isGood = ({ verdict }: Measured) => verdict === 'killed' || verdict === 'quiet';
  const killed = faulty.filter((group) => group.every(isGood)).length;
  const told = (groupsOf: readonly Measured[][]) =>
    groupsOf.flatMap((group): Survivor[] => {
      const bad = group.filter((one) => !isGood(one));
      const [first] = bad;
      if (!first) return [];
      const { document, kind, place, verdict, told: text } = first;
      const seeds = bad.map(({ seed }) => seed);
      return [{ document, kind, place, verdict, seeds, ...(text !== undefined && { told: text }) }];
    });
  return {
    mutants: faulty.length,
    kinds: new Set(faulty.map(([one]) => one?.kind)).size,
    killed,
    killedPercent: faulty.length === 0 ? 0 : Math.floor((10_000 * killed) / faulty.length) / 100,
    legalVariants: legal.length,
    falseAlarms: legal.filter((group) => !group.every(isGood)).length,
    flakes: all.filter((group) => group.some(isGood) && !group.every(isGood)).length,
    seeds: new Set(measures.map(({ seed }) => seed)).size,
    requests: measures.reduce((sum, { requests }) => sum + requests, 0),
    seconds: Math.round(seconds * 10) / 10,
    survivors: told(faulty),
    alarms: told(legal),
  };
}
