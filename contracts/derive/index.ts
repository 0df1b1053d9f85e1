import { type Contract, createChance, type Operation, type SecurityScheme } from '../../server/contract/index.js';
import type { ContractCase, Gap } from '../case.js';
import { deriveLinked } from './by-link.js';
import { deriveState } from './by-state.js';
import { deriveDocumented } from './documented.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { withOtherwise } from './expect.js';
import { violationsOnceSent } from './once-sent.js';
import { deriveProvoked } from './provoked.js';

export interface DeriveOptions {
  /** Makes the values in the requests the same in each run. They differ by default, so that a server may be tested twice. */
  readonly seed?: string;
  /** The credential to send for a security scheme; by default one that any stand-in accepts. */
  readonly credential?: (scheme: SecurityScheme) => string | undefined;
  /** One that is known, but may do little. */
  readonly lowCredential?: (scheme: SecurityScheme) => string | undefined;
}

export interface Derivation {
  readonly cases: readonly ContractCase[];
  /** Documented statuses that no case leads to, and why. */
  readonly gaps: readonly Gap[];
}

/** The cases of a contract: what its document, and what its overlays declare, promise. */
export function deriveCases(contract: Contract, { seed, credential, lowCredential }: DeriveOptions = {}): Derivation {
  const chance = createChance(seed, Date.now);
  const derived = contract.operations.map((operation): Derivation => {
    const context: DraftContext = {
      contract,
      operation,
      chance,
      ...(credential && { credential }),
      ...(lowCredential && { lowCredential }),
    };
    const draft = draftValid(context);
    const documented = deriveDocumented(context, draft ?? draftWithoutBody(context));
    const wrong = draft ? violationsOnceSent(contract, operation, toRequest(context, draft)) : [];
    if (!draft || wrong?.length) {
      const [violation] = wrong ?? [];
      const why = violation
        ? `no valid request was found: ${violation.location}${violation.pointer} ${violation.message}`
        : 'no valid request was found; give its body an example';
      const unprovoked = operation.responses.map(({ status }) => ({
        api: contract.name,
        operation: operation.id,
        status,
        why,
      }));
      return { cases: documented.cases, gaps: [...documented.gaps, ...unprovoked] };
    }
    const provoked = deriveProvoked(context, draft);
    return {
      cases: [...documented.cases, ...provoked.cases, ...deriveLinked(context, draft), ...deriveState(context)],
      gaps: [...documented.gaps, ...provoked.gaps],
    };
  });
  const cases = [...new Map(derived.flatMap((one) => one.cases).map((one) => [one.id, one])).values()];
  const led = new Set(
    cases.flatMap(({ kind, operation, expect }) => (kind === 'documented' ? [] : [`${operation} ${expect.response}`])),
  );
  // What one operation does may lead to what another answers.
  const gaps = derived.flatMap((one) => one.gaps).filter(({ operation, status }) => !led.has(`${operation} ${status}`));
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const isKnown = (scheme: SecurityScheme) => credential?.(scheme) !== undefined;
  return { cases: cases.map((one) => withNeeds(one, operations.get(one.operation) as Operation, isKnown)), gaps };
}

/** What a real service needs to know for the case to prove anything. */
function withNeeds(
  contractCase: ContractCase,
  operation: Operation,
  isKnown: (scheme: SecurityScheme) => boolean,
): ContractCase {
  const { path, security } = operation;
  const { kind, steps, expect } = contractCase;
  const request = steps.at(-1)?.request;
  const isGuess = kind !== 'documented' && path.includes('{') && !request?.taken?.length;
  const needed = security.some(({ schemes }) => schemes.every(isKnown))
    ? []
    : security.flatMap(({ schemes }) => schemes);
  const unknown = [...new Set(needed.filter((scheme) => !isKnown(scheme)).map(({ name }) => name))];
  // RFC 9110 §13.1.1: nothing has any tag.
  const isUnmet = expect.status === 404 && request?.headers['if-match'] !== undefined;
  const made = isUnmet ? { ...contractCase, expect: withOtherwise(operation, expect, [412]) } : contractCase;
  if (!isGuess && unknown.length === 0) return made;
  return { ...made, ...(isGuess && { isGuess }), ...(unknown.length > 0 && { needsCredentials: unknown }) };
}

/** What `Prefer` asks for comes whatever the body is. */
export function draftWithoutBody(context: DraftContext): Draft {
  const { requestBody: _, ...operation } = context.operation;
  return draftValid({ ...context, operation }) as Draft;
}
