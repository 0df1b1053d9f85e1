import { type Contract, createChance, type SecurityScheme } from '../../server/contract/index.js';
import type { ContractCase, Gap } from '../case.js';
import { deriveLinked } from './by-link.js';
import { deriveDocumented } from './documented.js';
import { type Draft, type DraftContext, draftValid } from './draft.js';
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
    if (!draft) {
      const why = 'no valid request was found; give its body an example';
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
      cases: [...documented.cases, ...provoked.cases, ...deriveLinked(context, draft)],
      gaps: [...documented.gaps, ...provoked.gaps],
    };
  });
  return { cases: derived.flatMap(({ cases }) => cases), gaps: derived.flatMap(({ gaps }) => gaps) };
}

/** What `Prefer` asks for comes whatever the body is. */
export function draftWithoutBody(context: DraftContext): Draft {
  const { requestBody: _, ...operation } = context.operation;
  return draftValid({ ...context, operation }) as Draft;
}
