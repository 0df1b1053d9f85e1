import type { MatrixRow } from './matrix.js';

/** What a run leaves behind for programs. */
export interface Report {
  readonly matrix: readonly MatrixRow[];
  readonly cases: number;
  /** What running the cases took, in milliseconds: their requests, and judging the answers. */
  readonly elapsedMs: number;
}
