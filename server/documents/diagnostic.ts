import { formatPlace, type Place } from './place.js';

export type Severity = 'error' | 'warning' | 'note';

/** Something to say about a document: what is wrong, where, and the way out. */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable identifier of the rule, e.g. `example-schema-invalid`. */
  readonly rule: string;
  readonly message: string;
  /** What the author of the document can do about it. */
  readonly advice?: string;
  readonly place: Place;
  /** JSON Pointer (RFC 6901) into the description, where there is one. */
  readonly pointer?: string;
}

export function formatDiagnostic({ severity, rule, message, advice, place }: Diagnostic): string {
  return `${formatPlace(place)} ${severity} ${message}${advice ? `; ${advice}` : ''} [${rule}]`;
}
