/** Nobody answers where the provider is said to be. */
export class UnreachableError extends Error {
  readonly code = 'UNREACHABLE';

  constructor(message: string) {
    super(message);
    this.name = 'UnreachableError';
  }
}
