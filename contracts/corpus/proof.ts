/** What the suite of one document says of a stand-in for it. */
export interface Proof {
  readonly file: string;
  readonly result: 'opened' | 'refused' | 'crashed';
  readonly why?: string;
  readonly cases: number;
  readonly proved: number;
  /** Of those, the ones whose answer is an example in place of what was sent, and says so: nothing was proved of what it keeps. */
  readonly unshown: number;
  readonly violated: readonly { readonly id: string; readonly message: string }[];
  /** Cases that were not run, or proved nothing, by the cause. */
  readonly casesNotProvokable: Readonly<Record<string, number>>;
  /** Documented statuses, by the cause that no case proves them. */
  readonly notProvokable: Readonly<Record<string, number>>;
  readonly statuses: number;
  readonly statusesProved: number;
  readonly statusesViolated: number;
  readonly requests: number;
  readonly elapsedMs: number;
}

/** Of a document of which nothing was proved. */
export const nothingProved = {
  cases: 0,
  proved: 0,
  unshown: 0,
  violated: [],
  casesNotProvokable: {},
  notProvokable: {},
  statuses: 0,
  statusesProved: 0,
  statusesViolated: 0,
  requests: 0,
  elapsedMs: 0,
};
