import type { PathCondition, PathKey } from '../contract/index.js';
import { decode } from './segment.js';

/** What of a request, besides its method and path, may tell operations apart. */
export interface Carried {
  /** What follows the `?`; empty for none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Whether a request carries what the key of a path asks for. */
export interface Conditions {
  /** The more a key asks for, the earlier it is tried. */
  readonly weight: number;
  /** The path parameters that stand in the query; `undefined` where the conditions do not hold. */
  readonly meet: (carried: Carried) => Readonly<Record<string, string>> | undefined;
}

const none: Readonly<Record<string, string>> = {};
const unconditional: Conditions = { weight: 0, meet: () => none };

export function compileConditions({ conditions }: PathKey): Conditions {
  if (conditions.length === 0) return unconditional;
  return {
    weight: conditions.reduce((sum, { value }) => sum + (value === undefined ? 2 : 3), 0),
    meet: (carried) => {
      const found: Record<string, string> = {};
      for (const condition of conditions) {
        const values = valuesOf(condition, carried);
        const value =
          condition.value === undefined ? values[0] : values.find((sent) => decode(sent) === condition.value);
        if (value === undefined) return undefined;
        if (condition.parameter !== undefined) found[condition.parameter] = value;
      }
      return found;
    },
  };
}

/** Still percent-encoded, as parameters in a path are. */
function valuesOf({ name, in: place }: PathCondition, { query, headers }: Carried): string[] {
  const values = query.split('&').flatMap((pair) => {
    const end = pair.indexOf('=');
    const sent = end === -1 ? pair : pair.slice(0, end);
    return pair !== '' && decode(sent.replaceAll('+', ' ')) === name
      ? [end === -1 ? '' : pair.slice(end + 1).replaceAll('+', '%20')]
      : [];
  });
  const header = place === 'query or header' ? headers[name.toLowerCase()] : undefined;
  return header === undefined ? values : [...values, ...[header].flat().map(encodeURIComponent)];
}
