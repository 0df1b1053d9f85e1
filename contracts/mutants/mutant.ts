import type { Api } from './api.js';
import type { Planting } from './fault.js';
import { faults } from './faults/index.js';
import { legalVariants } from './legal-variants.js';

/** A provider that is not as it should be, or, of a legal variant, only looks so. */
export interface Mutant extends Pick<Planting, 'place' | 'wrap'> {
  readonly kind: string;
  /** What must be found, one of them; `undefined` where nothing must be. */
  readonly reasons?: readonly string[];
}

/** Every fault in each of its places, the legal variants, and, last, the provider as it should be. */
export function mutantsOf(api: Api): Mutant[] {
  return [
    ...faults.flatMap(({ kind, plant }) => plant(api).map((planting) => ({ kind, ...planting }))),
    ...legalVariants.map(({ kind, wrap }) => ({ kind, place: 'anywhere', wrap: wrap(api) })),
    { kind: 'as it should be', place: 'anywhere', wrap: (service) => service },
  ];
}
