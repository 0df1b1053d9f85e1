import { compile } from '../../server/contract/index.js';
import { loadDescriptions } from '../../server/documents/index.js';
import { createApi } from './api.js';
import { measure, suiteFor } from './measure.js';
import { type Mutant, mutantsOf } from './mutant.js';
import type { Measured } from './score.js';

/** Part of the mutants of one document, with each seed. */
export interface Job {
  /** A folder, or a file. */
  readonly document: string;
  readonly seeds: readonly string[];
  /** Only kinds that contain this text. */
  readonly only?: string;
  /** Every so manieth, from a given one on. */
  readonly share: { readonly index: number; readonly of: number };
}

export async function runJob({ document, seeds, only, share }: Job): Promise<Measured[]> {
  const [description] = loadDescriptions([document]);
  if (!description) throw new Error(`${document} holds no document`);
  const contract = compile(description);
  const api = createApi(contract);
  const suites = seeds.map((seed) => ({ seed, suite: suiteFor(api, seed) }));
  const measures: Measured[] = [];
  const isMeant = ({ kind }: Mutant, index: number) =>
    (only === undefined || kind.includes(only)) && index % share.of === share.index;
  for (const mutant of mutantsOf(api).filter(isMeant)) {
    let likely: string | undefined;
    for (const { seed, suite } of suites) {
      const made = await measure(api, suite, mutant, seed, likely);
      likely = made.killer ?? likely;
      measures.push({ ...made, document, seed });
    }
  }
  return measures;
}
