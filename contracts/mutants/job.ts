import { compile } from '../../server/contract/index.js';
import { loadDescriptions } from '../../server/documents/index.js';
import { createApi } from './api.js';
import { measure, suiteFor } from './measure.js';
import { type Mutant, mutantsOf } from './mutant.js';
import type { Measured } from './score.js';

/** Part of the mutants of one document, with one seed. */
export interface Job {
  /** A folder, or a file. */
  readonly document: string;
  readonly seed: string;
  /** Only kinds that contain this text. */
  readonly only?: string;
  /** Every so manieth, from a given one on. */
  readonly share: { readonly index: number; readonly of: number };
}

export async function runJob({ document, seed, only, share }: Job): Promise<Measured[]> {
  const [description] = loadDescriptions([document]);
  if (!description) throw new Error(`${document} holds no document`);
  const contract = compile(description);
  const api = createApi(contract);
  const suite = suiteFor(api, seed);
  const measures: Measured[] = [];
  const isMeant = ({ kind }: Mutant, index: number) =>
    (only === undefined || kind.includes(only)) && index % share.of === share.index;
  for (const mutant of mutantsOf(api).filter(isMeant))
    measures.push({ ...(await measure(api, suite, mutant, seed)), document, seed });
  return measures;
}
