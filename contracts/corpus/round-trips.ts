import type { Contract } from '../../server/contract/index.js';
import type { Target } from '../run/target.js';
import { fullCollections } from './full-collections.js';
import { Broken, roundTrip } from './round-trip.js';
import type { RoundTripFailure } from './survey-result.js';

/** What a contract remembers. */
interface RoundTrips {
  /** Collections that are inferred. */
  readonly collections: number;
  /** Collections whose document has the five operations, inferred or not. */
  readonly roundTrips: number;
  readonly roundTripsCompleted: number;
  readonly roundTripFailures: readonly RoundTripFailure[];
}

/** Takes an item through each collection whose document has what that takes. */
export async function runRoundTrips(contract: Contract, target: Target): Promise<RoundTrips> {
  const inferred = contract.operations.flatMap(({ resource }) => (resource?.isInferred ? [resource.name] : []));
  const full = fullCollections(contract);
  const roundTripFailures: RoundTripFailure[] = [];
  for (const one of full) {
    try {
      await roundTrip(contract, target, one);
    } catch (error) {
      const { message } = error as Error;
      roundTripFailures.push({
        collection: one.path,
        cause: error instanceof Broken ? error.cause : 'no answer',
        message,
      });
    }
  }
  return {
    collections: new Set(inferred).size,
    roundTrips: full.length,
    roundTripsCompleted: full.length - roundTripFailures.length,
    roundTripFailures,
  };
}
