import { toPointer, valueAt } from '../../server/documents/index.js';
import type { CaseRequest, Taken } from '../case.js';
import type { Answer } from './answer.js';

/** The request with what the answers to the steps before it have; a guess stays where they have nothing. */
export function withTaken(request: CaseRequest, answers: readonly Answer[]): CaseRequest {
  const { taken = [], path } = request;
  if (taken.length === 0) return request;
  const [before = '', query] = path.split(/(?=\?)/, 2);
  const segments = before.split('/');
  for (const one of taken) {
    const value = takenFrom(one, answers[one.step]);
    if (value !== undefined) segments[one.segment] = value;
  }
  return { ...request, path: segments.join('/') + (query ?? '') };
}

export function takenFrom({ keys }: Taken, answer: Answer | undefined): string | undefined {
  if (!answer || answer.status >= 300) return undefined;
  if (!keys) {
    const [location] = [answer.headers.location ?? []].flat();
    return (
      location
        ?.replace(/[?#].*$/, '')
        .split('/')
        .at(-1) || undefined
    );
  }
  try {
    const value = valueAt(JSON.parse(answer.body.toString('utf8')), toPointer(keys));
    return typeof value === 'string' || typeof value === 'number' ? encodeURIComponent(value) : undefined;
  } catch {
    return undefined;
  }
}
