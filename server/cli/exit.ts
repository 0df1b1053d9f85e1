import { WebhookUrlError } from '../callbacks/index.js';
import { DocumentError } from '../documents/index.js';
import { HandlersError } from '../replies/index.js';
import { StateFileError } from '../state/index.js';

export const exitCode = { good: 0, failed: 1, misused: 2, unreachable: 3, signalled: 128 } as const;

/** An end of the command that its user is to read about. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, code: number = exitCode.failed) {
    super(message);
    this.name = 'Failure';
    this.exitCode = code;
  }

  /** Faults in documents are the user's; what we know nothing of is ours, and says where. */
  static of(error: unknown): Failure {
    if (error instanceof Failure) return error;
    if (
      error instanceof DocumentError ||
      error instanceof StateFileError ||
      error instanceof WebhookUrlError ||
      error instanceof HandlersError
    )
      return new Failure(error.message, exitCode.misused);
    return new Failure(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
