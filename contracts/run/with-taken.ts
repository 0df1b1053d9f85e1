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
    const placed = one.isOther && value !== undefined ? otherThan(value) : value;
    if (placed !== undefined) segments[one.segment] = placed;
  }
  return { ...request, path: segments.join('/') + (query ?? '') };
}

/**
 * A key of the same form: a service may refuse one of another form before it looks for anything. Of numbers, and of short names, any
 * other may be there.
 */
function otherThan(key: string): string | undefined {
  if (key.length < 8 || /^\d+$/.test(key) || key.includes('%')) return undefined;
  const letters = /[g-z]/i.test(key) ? 26 : 6;
  const turned = (code: number, from: number, count: number) => {
    const made = from + ((code - from + Math.ceil(count / 3)) % count);
    // Some alphabets have no letters that look like digits, or like others.
    const isStrange = mistakable.test(String.fromCharCode(made)) && !mistakable.test(key);
    return String.fromCharCode(isStrange ? made + 1 : made);
  };
  return key.replace(/[a-z\d](?=.{0,5}$)/gi, (one) => {
    const code = one.charCodeAt(0);
    if (/\d/.test(one)) return turned(code, 48, 10);
    return turned(code, one === one.toLowerCase() ? 97 : 65, letters);
  });
}

const mistakable = /[ilou]/i;

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
