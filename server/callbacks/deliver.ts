import type { Callback } from '../contract/index.js';
import { composeRequest } from './compose-request.js';

/** How a callback went: the status of the answer, or why there is none. */
export interface Delivery {
  /** Id of the operation whose callback it is. */
  readonly operation: string;
  readonly callback: string;
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly error?: string;
}

/** Sends a callback, once, on behalf of a session; the shared one has no name. Redirections are not followed: they would lead around the list of allowed hosts. */
export async function deliver(
  callback: Callback,
  target: string,
  timeoutMs: number,
  session: string,
): Promise<Pick<Delivery, 'status' | 'error'>> {
  try {
    const { url, headers, body } = composeRequest(callback, target);
    if (session !== '') headers.set('standin-session', session);
    const response = await fetch(url, {
      method: callback.method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { body: new Uint8Array(body) }),
    });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    return { error: reasonOf(error, timeoutMs) };
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Partial<Error>;
  if (name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  // `fetch` itself says no more than that it failed.
  return (cause as Partial<Error> | undefined)?.message || message || String(error);
}
