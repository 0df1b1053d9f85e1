import { isObject, type JsonObject } from '../../documents/index.js';
import { partsOf, type Target } from './parts-of.js';
import { tolerantRegExp } from './tolerant-reg-exp.js';

/** How the parts of a schema exclude each other. */
export interface ClosedApart {
  /** Properties that one part requires and another, closed one does not know. */
  readonly names: readonly string[];
  /** Those of them that no part describes: whoever requires them means them to be there. */
  readonly undescribed: readonly string[];
}

/**
 * Whether the parts of a schema are closed (`additionalProperties: false`) against each other: one requires what another
 * forbids, so that no object satisfies them all. Whoever writes that means them to be closed together. `undefined` where
 * they are not.
 *
 * @param isUnsent whether a property is not sent, so that it need not be there
 */
export function closedApart(
  schema: JsonObject,
  target: Target,
  is30: boolean,
  isUnsent: (name: string) => boolean = () => false,
): ClosedApart | undefined {
  if (!Array.isArray(schema.allOf) && (is30 || typeof schema.$ref !== 'string' || Object.keys(schema).length === 1))
    return undefined;
  const parts = partsOf(schema, target, is30);
  const closed = parts.filter(({ additionalProperties }) => additionalProperties === false);
  if (closed.length === 0 || parts.length === 1) return undefined;
  const required = new Set(parts.flatMap((part) => (Array.isArray(part.required) ? (part.required as string[]) : [])));
  const names = [...required].filter((name) => !isUnsent(name) && !closed.every((part) => knows(part, name)));
  if (names.length === 0 || names.some((name) => parts.some((part) => own(part, name) === false))) return undefined;
  return { names, undescribed: names.filter((name) => !parts.some((part) => knows(part, name))) };
}

const own = ({ properties }: JsonObject, name: string) =>
  isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;

/** Whether a schema says something of a property: it would be evaluated there (JSON Schema 2020-12 §11.3). */
function knows(part: JsonObject, name: string): boolean {
  const { patternProperties, additionalProperties } = part;
  if (own(part, name) !== undefined || (isObject(additionalProperties) && Object.keys(additionalProperties).length > 0))
    return true;
  return Object.keys(isObject(patternProperties) ? patternProperties : {}).some((pattern) =>
    tolerantRegExp(pattern, 'u').test(name),
  );
}

/** A part without what it says of properties that it does not name, where that is all or nothing: others name them. */
export function opened<T extends JsonObject>(part: T): JsonObject {
  const { additionalProperties, ...rest } = part;
  const isAllOrNothing =
    typeof additionalProperties === 'boolean' ||
    (isObject(additionalProperties) && Object.keys(additionalProperties).length === 0);
  return isAllOrNothing ? rest : part;
}

export const closedApartMessage = (names: readonly string[]): string =>
  `parts of this \`allOf\` exclude each other: one requires ${names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(
      ', ',
    )}${names.length > 3 ? ` and ${names.length - 3} more` : ''}, which another, closed by \`additionalProperties: false\`, does not know; they are taken as closed together`;

export const closedApartAdvice =
  'move `additionalProperties: false` out of the parts, and write `unevaluatedProperties: false` (OpenAPI 3.1) beside the `allOf`';
