import { type Contract, compileAll } from '../server/contract/index.js';
import { loadDescriptions } from '../server/documents/index.js';

/** What a run of the suite is to test, and where. */
export interface Settings {
  readonly documents: readonly string[];
  readonly overlays: readonly string[];
  /** Base URL of the server to test; absent for a stand-in in the same process. */
  readonly against?: string;
  readonly seed?: string;
  /** File for the report, as JSON. */
  readonly report: string;
}

/** The command passes its settings on to Jest's process as environment variables. */
export function toEnvironment({ documents, overlays, against, seed, report }: Settings): Record<string, string> {
  return {
    CONTRACT_DOCUMENTS: JSON.stringify(documents),
    CONTRACT_OVERLAYS: JSON.stringify(overlays),
    CONTRACT_REPORT: report,
    ...(against !== undefined && { CONTRACT_BASE_URL: against }),
    ...(seed !== undefined && { CONTRACT_SEED: seed }),
  };
}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { CONTRACT_DOCUMENTS, CONTRACT_OVERLAYS, CONTRACT_REPORT, CONTRACT_BASE_URL, CONTRACT_SEED } = environment;
  return {
    documents: CONTRACT_DOCUMENTS ? (JSON.parse(CONTRACT_DOCUMENTS) as string[]) : ['specs'],
    overlays: CONTRACT_OVERLAYS ? (JSON.parse(CONTRACT_OVERLAYS) as string[]) : [],
    report: CONTRACT_REPORT ?? 'reports/contract.json',
    ...(CONTRACT_BASE_URL && { against: CONTRACT_BASE_URL }),
    ...(CONTRACT_SEED && { seed: CONTRACT_SEED }),
  };
}

/** @throws DocumentError */
export function loadContracts({ documents, overlays }: Pick<Settings, 'documents' | 'overlays'>): Contract[] {
  return compileAll(loadDescriptions(documents, { overlays }));
}
