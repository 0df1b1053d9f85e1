/** How one document fares. */
export interface Survey {
  readonly file: string;
  readonly result: 'opened' | 'refused' | 'crashed';
  /** Why it was refused, or how it crashed. */
  readonly why?: string;
  /** From reading the file to listening, without the start of Node. */
  readonly startMs?: number;
  /** Documented operation × status × media type, and how many came as such when asked for. */
  readonly pairs: number;
  readonly pairsHonoured: number;
  /** Documented examples that are valid, and how many came as they stand. */
  readonly examples: number;
  readonly examplesVerbatim: number;
  /** Operations that document a success, and how many took the request that was made for them. */
  readonly operations: number;
  readonly operationsAccepted: number;
  /** Collections that are inferred; those whose document has all five operations; those through which an item could go. */
  readonly collections: number;
  readonly roundTrips: number;
  readonly roundTripsCompleted: number;
  readonly roundTripFailures: readonly RoundTripFailure[];
  readonly failures: readonly Failure[];
}

/** Where the way of an item ended: created, read, listed, changed, deleted, missed. */
export interface RoundTripFailure {
  /** Its path. */
  readonly collection: string;
  readonly cause: string;
  readonly message: string;
}

export interface Failure {
  readonly kind: 'pair' | 'example' | 'operation';
  readonly id: string;
  readonly message: string;
}

/** The counts of a document that could not be asked. */
export const nothingAsked = {
  pairs: 0,
  pairsHonoured: 0,
  examples: 0,
  examplesVerbatim: 0,
  operations: 0,
  operationsAccepted: 0,
  collections: 0,
  roundTrips: 0,
  roundTripsCompleted: 0,
  roundTripFailures: [],
  failures: [],
};
