/** What is remembered is kept elsewhere, and can't be reached now; nobody knows whether what was asked was done. */
export class StateUnavailable extends Error {
  constructor(reason: string) {
    super(`what is remembered can not be reached: ${reason}`);
    this.name = 'StateUnavailable';
  }
}
