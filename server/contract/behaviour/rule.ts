import { isObject } from '../../documents/index.js';
import type { Response, ResponseMediaType } from '../contract.js';
import { type Criterion, parseCriterion } from './criterion.js';
import type { EventName } from './event.js';
import { inMember } from './mistake.js';

/** When a reply is given: an event, narrowed or not, and criteria; all of them hold together. */
export interface When {
  readonly event?: EventName;
  /** The violation or conflict is at this place, or below. */
  readonly pointer?: string;
  readonly keyword?: string;
  readonly criteria: readonly Criterion[];
}

/** A declared condition, and the reply it leads to. */
export interface Rule {
  readonly when: When;
  readonly response: Response;
  /** Absent: whichever the client accepts. */
  readonly mediaType?: ResponseMediaType;
  /** Name of the example; absent: the first. */
  readonly example?: string;
}

/** `x-standin-when`: one condition, or a list of alternatives. */
export function parseWhen(value: unknown): When[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => inMember(index, () => parseWhen(one)));
  if (typeof value === 'string') return [{ event: value as EventName, criteria: [] }];
  if (!isObject(value)) return [];
  const { event, pointer, keyword, criteria } = value;
  return [
    {
      ...(typeof event === 'string' && { event: event as EventName }),
      ...(typeof pointer === 'string' && { pointer }),
      ...(typeof keyword === 'string' && { keyword }),
      criteria: Array.isArray(criteria)
        ? inMember('criteria', () => criteria.map((one, index) => inMember(index, () => parseCriterion(one))))
        : 'condition' in value
          ? [parseCriterion(value)]
          : [],
    },
  ];
}

/** The rule whose condition says more comes first; equals keep the order of the document. */
export function bySpecificity(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => weight(b.when) - weight(a.when));
}

function weight({ pointer, keyword, criteria }: When): number {
  return (criteria.length > 0 ? 8 : 0) + (pointer !== undefined ? 4 : 0) + (keyword !== undefined ? 2 : 0);
}
