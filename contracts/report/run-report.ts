import type { ContractCase } from '../case.js';
import type { Drift } from '../run/drift.js';
import type { Incomplete } from '../suite.js';
import type { InputRow } from './inputs.js';
import type { MatrixRow } from './matrix.js';

/** All that is known of a run, for programs: the shape of the JSON report. Nothing in it is a credential. */
export interface RunReport {
  /** The version of standin that ran it. */
  readonly standin: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** What running the cases took, in milliseconds: their requests, and judging the answers. */
  readonly elapsedMs: number;
  readonly target: { readonly kind: 'standin' | 'service'; readonly url: string };
  readonly seed?: string;
  /** Where the run was stopped before its end: the cases that were not run are not provokable. */
  readonly incomplete?: Incomplete;
  readonly apis: readonly ApiReport[];
  /** How many there are. */
  readonly cases: number;
  readonly summary: Summary;
  readonly coverage: Coverage;
  readonly matrix: readonly MatrixRow[];
  readonly inputs: readonly InputRow[];
  /** One for each case, in the order of the documents. */
  readonly results: readonly CaseReport[];
  readonly drift: readonly Drift[];
}

export interface ApiReport {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly file: string;
}

export interface Summary {
  readonly proved: number;
  /** Those that the baseline knows are not among them. */
  readonly violated: number;
  /** Violated, and in the baseline. */
  readonly known: number;
  readonly notProvokable: number;
  /** How many cases can't be provoked for each reason, the commonest first. */
  readonly notProvokableBy: readonly { readonly why: string; readonly cases: number }[];
  readonly requests: number;
}

/** What was proved of what is documented. */
export interface Coverage {
  /** Documented statuses proved, of a hundred; what `failUnder` is compared to. */
  readonly percent: number;
  readonly statuses: Share;
  readonly mediaTypes: Share;
  readonly examples: Share;
  readonly parameters: Share;
  readonly keywords: Share;
}

export interface Share {
  readonly proved: number;
  readonly documented: number;
}

export interface CaseReport {
  readonly id: string;
  readonly kind: ContractCase['kind'];
  readonly api: string;
  readonly operation: string;
  readonly method: string;
  /** As the document has it. */
  readonly path: string;
  readonly tags: readonly string[];
  readonly title: string;
  /** The status that is due, and its media type where one is. */
  readonly expected: string;
  readonly found?: string;
  /** The key of the response it is about: `404`, `4XX`, `default`; absent where none is documented. */
  readonly response?: string;
  readonly verdict: 'proved' | 'violated' | 'not provokable';
  /** Whether all its findings are in the baseline. */
  readonly known: boolean;
  readonly why?: string;
  readonly findings: readonly FindingReport[];
  /** Where in the document it is promised. */
  readonly place: PlaceReport;
  /** The last request of a violated case, for a shell: what is a credential is named as a variable of its environment. */
  readonly curl?: string;
  /** Requests before the last one. */
  readonly before: number;
  readonly elapsedMs: number;
  readonly exchanges: readonly ExchangeReport[];
}

export interface FindingReport {
  readonly kind: string;
  /** JSON Pointer into the body, or the name of a header. */
  readonly at?: string;
  readonly message: string;
  /** Whether the baseline has it. */
  readonly known: boolean;
}

/** `line` and `column` count from 1. */
export interface PlaceReport {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ExchangeReport {
  /** RFC 3339. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body?: string;
  };
  /** Absent where nothing was answered. */
  readonly response?: {
    readonly status: number;
    readonly headers: readonly Header[];
    /** As text; base64 where `encoding` says so. */
    readonly body: string;
    readonly encoding?: 'base64';
    /** In bytes, as received. */
    readonly size: number;
  };
}

export interface Header {
  readonly name: string;
  readonly value: string;
}
