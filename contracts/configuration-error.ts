/** The suite can't be run as it was asked for. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION';

  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}
