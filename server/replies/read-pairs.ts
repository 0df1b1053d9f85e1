import { coerceText, type Nesting, type Parameter, readDelimited, type Shape } from '../contract/index.js';
import { readDeepObject } from './deep-object.js';
import type { QueryPair } from './query.js';
import { objectOf, readContent, textAttempts } from './read-text.js';
import { type Attempt, type Decode, firstValid, type Kind, kindsOf, type Reading, violationOf } from './reading.js';
import { writingOf } from './styles.js';

/** Whether a free-form object may take a pair: nothing else in the operation has that name. */
export type IsUnclaimed = (name: string) => boolean;

interface Sent {
  readonly pairs: readonly QueryPair[];
  /** Those of the parameter's name. */
  readonly own: readonly QueryPair[];
}

/** A reader of pairs, in a query or in cookies: one, several, or all that nothing else claims are the parameter's. */
export function createPairsReader(
  parameter: Parameter,
  isUnclaimed: IsUnclaimed,
  decode: Decode,
): (pairs: readonly QueryPair[]) => Reading {
  const { name, mediaType, allowEmptyValue } = parameter;
  const attempts = mediaType === undefined ? pairsAttempts(parameter, isUnclaimed, decode) : [];
  return (pairs) => {
    if (pairs.length === 0) return undefined;
    const own = pairs.filter((pair) => pair.name === name);
    const [first, second] = own;
    if (first?.raw === '' && !second && allowEmptyValue) return { value: '', isValid: true };
    const reading =
      mediaType !== undefined && first && !second
        ? readContent(parameter, mediaType, decode(first.raw))
        : firstValid(parameter, attempts, { pairs, own });
    return reading ?? (second && violationOf(parameter, 'duplicate', `was sent ${own.length} times`));
  };
}

function pairsAttempts(parameter: Parameter, isUnclaimed: IsUnclaimed, decode: Decode): Attempt<Sent>[] {
  const { name, style, explode, in: place } = parameter;
  const shape = parameter.shape();
  if (style === 'deepObject') return deepAttempts(name, shape, decode);
  const nesting: Nesting = { delimiters: parameter.itemDelimiters, escaping: place === 'query' ? 'form' : 'percent' };
  if (explode) return explodedAttempts(shape, isUnclaimed, decode, nesting);
  return textAttempts(name, shape, writingOf(style, false), decode, nesting).map(
    (attempt): Attempt<Sent> =>
      ({ own: [first, second] }) =>
        first && !second ? attempt(first.raw) : undefined,
  );
}

/** A pair without brackets is what else the schema allows; where it allows nothing else, a text for it to refuse. */
function deepAttempts(name: string, shape: Shape, decode: Decode): Attempt<Sent>[] {
  const scalars = kindsOf(shape).flatMap((kind) => (kind.kind === 'scalar' ? [kind.types] : []));
  return [
    ({ pairs }) => {
      const value = readDeepObject(name, pairs, shape);
      return value === undefined ? undefined : { value };
    },
    ...(scalars.length === 0 ? [[]] : scalars).map((types) => scalarAttempt(types, decode)),
  ];
}

function explodedAttempts(shape: Shape, isUnclaimed: IsUnclaimed, decode: Decode, nesting: Nesting): Attempt<Sent>[] {
  const isAny = shape.types().length === 0;
  const isWanted = membersWanted(shape, isUnclaimed);
  const list: Attempt<Sent> = ({ own }) =>
    own.length < (isAny ? 2 : 1)
      ? undefined
      : { value: own.map(({ raw }, index) => readDelimited(raw, shape.itemAt(index), decode, nesting)) };
  const members: Attempt<Sent> = ({ pairs }) => {
    const found = pairs.filter((pair) => isWanted(pair.name));
    return found.length === 0
      ? undefined
      : {
          value: objectOf(
            found.map((pair) => [pair.name, decode(pair.raw)]),
            shape,
          ),
        };
  };
  const attemptAt = (kind: Kind): Attempt<Sent> => {
    if (kind.kind === 'scalar') return scalarAttempt(kind.types, decode);
    return kind.kind === 'list' ? list : members;
  };
  return [...kindsOf(shape).map(attemptAt), ...(isAny ? [list] : [])];
}

function scalarAttempt(types: readonly string[], decode: Decode): Attempt<Sent> {
  return ({ own: [first, second] }) => (first && !second ? { value: coerceText(decode(first.raw), types) } : undefined);
}

/**
 * Which pairs are members of an exploded object: those that its schema names; where it names none, or lets others in, all
 * that nothing else claims.
 */
function membersWanted(shape: Shape, isUnclaimed: IsUnclaimed): IsUnclaimed {
  const properties = shape.properties();
  const isOpen = properties.size === 0 || shape.isOpen();
  return (name) => properties.has(name) || (isOpen && isUnclaimed(name));
}
