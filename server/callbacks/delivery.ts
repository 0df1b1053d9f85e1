/** How a callback or a webhook went: the status of the answer, or why there is none. */
export interface Delivery {
  /** Id of the operation whose reply it followed; absent where it was asked for. */
  readonly operation?: string;
  /** Name of the callback. */
  readonly callback?: string;
  /** Name of the webhook. */
  readonly webhook?: string;
  readonly method: string;
  /** Absent where there was none to send it to. */
  readonly url?: string;
  readonly status?: number;
  /** Whether the document has the status among the answers of its receiver; absent where it has none at all. */
  readonly documented?: boolean;
  readonly error?: string;
  /** Something to know of what was sent. */
  readonly note?: string;
}

/** Whether the receiver may answer with a status: exactly, as a range (`4XX`), or by `default`. */
export function isDocumented(statuses: readonly string[], status: number): boolean {
  return [String(status), `${String(status)[0]}XX`, 'default'].some((key) => statuses.includes(key));
}
