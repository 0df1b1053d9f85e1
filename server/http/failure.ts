import { messageOf } from '../message-of.js';
import { problem, type Reply } from '../replies/index.js';
import { StateUnavailable } from '../state/index.js';

/** What to answer where no reply could be made. A store that is away is none of our faults, and tells of itself. */
export function failure(error: unknown, onError: (error: unknown) => void): Reply {
  const detail = messageOf(error);
  // RFC 9110 §10.2.3
  if (error instanceof StateUnavailable)
    return problem('store-unreachable', { detail, headers: { 'retry-after': '1' } });
  onError(error);
  return problem('internal-error', { detail });
}
