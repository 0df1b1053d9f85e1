import type { ExampleClass } from '../../contract/check/index.js';
import type { Diagnostic } from '../../documents/index.js';

/** What came of checking one document. */
export interface CheckedFile {
  readonly file: string;
  /** Whether it could be read at all; where not, its diagnostics say why. */
  readonly readable: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly examples: Readonly<Record<ExampleClass, number>>;
}

export type CheckFormat = (files: readonly CheckedFile[], options: { readonly colours: boolean }) => string;
