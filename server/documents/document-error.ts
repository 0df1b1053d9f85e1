import { type Diagnostic, formatDiagnostic } from './diagnostic.js';
import type { Place } from './place.js';

/** A document that can't be served. Its message lists every diagnostic, one a line. */
export class DocumentError extends Error {
  readonly code = 'DOCUMENT_INVALID';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join('\n'));
    this.name = 'DocumentError';
    this.diagnostics = diagnostics;
  }

  static at(place: Place, rule: string, message: string, advice?: string): DocumentError {
    return new DocumentError([{ severity: 'error', rule, message, place, ...(advice && { advice }) }]);
  }
}
