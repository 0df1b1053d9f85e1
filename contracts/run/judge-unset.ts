import { isDeepStrictEqual } from 'node:util';
import { toPointer, valueAt } from '../../server/documents/index.js';
import type { Unset } from '../case.js';
import type { Finding } from './judge.js';

/** Whether an answer shows a value that is the server's to say as a client said it. */
export function judgeUnset({ within, name, value }: Unset, found: unknown): Finding[] {
  const at = toPointer([...within, name]);
  if (!isDeepStrictEqual(valueAt(found, at), value)) return [];
  return [
    { kind: 'value', at, message: `${at} is readOnly, and took the value that was sent: ${JSON.stringify(value)}` },
  ];
}
