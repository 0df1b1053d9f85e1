import type { Severity } from '../../documents/index.js';
import type { CheckedDocument } from './checked-document.js';

/** Something found at a pointer of the description. */
export interface Finding {
  readonly pointer: string;
  readonly message: string;
  /** The way out, where it is another than the rule's. */
  readonly advice?: string;
}

/** What `standin check` looks for. */
export interface CheckRule {
  /** Stable: people silence and link it. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, as docs/check.md says it. */
  readonly finds: string;
  /** The way out. */
  readonly advice: string;
  /** `undefined` is no finding: the rule has come so far, and others may have their turn. */
  readonly examine: (document: CheckedDocument) => Iterable<Finding | undefined>;
}
