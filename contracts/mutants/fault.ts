import type { Operation } from '../../server/contract/index.js';
import type { Api } from './api.js';
import type { Service, ServiceAnswer, ServiceRequest } from './service.js';

/** One thing that services get wrong, wherever in an API it can be. */
export interface Fault {
  /** `drop a required field` */
  readonly kind: string;
  /** Each place to plant it in, alone. */
  readonly plant: (api: Api) => readonly Planting[];
}

/** A fault in one place. */
export interface Planting {
  /** Where, and under which circumstances. */
  readonly place: string;
  /** Kinds of finding that tell what is wrong. One of them, in a case that the fault had a hand in, kills the mutant. */
  readonly reasons: readonly string[];
  /** The service with the fault in it. `touch` is told each time that the service does other than it should. */
  readonly wrap: (service: Service, touch: () => void) => Service;
}

/** How an answer is changed; `undefined` leaves it as it is. */
export type AnswerChange = (
  answer: ServiceAnswer,
  request: ServiceRequest,
  operation: Operation,
  /** The service as it should be. */
  service: Service,
) => ServiceAnswer | undefined | Promise<ServiceAnswer | undefined>;

/** Changes the answers of one operation, or, without, of all. */
export function onAnswer(api: Api, operation: Operation | undefined, change: AnswerChange): Planting['wrap'] {
  return (service, touch) => async (request) => {
    const answer = await service(request);
    const asked = api.operationOf(request);
    if (!asked || (operation && asked !== operation)) return answer;
    const changed = await change(answer, request, asked, service);
    if (!changed) return answer;
    touch();
    return changed;
  };
}

/** The first of them, and the last: a fault in the first operation is found sooner than one that is elsewhere only. */
export function spread<T>(all: readonly T[], middle?: (one: T) => boolean): T[] {
  const inner = middle ? all.findLast(middle) : undefined;
  return [...new Set([all[0], inner, all.at(-1)])].filter((one): one is T => one !== undefined);
}
