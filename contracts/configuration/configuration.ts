import type { CaseKind } from '../case.js';

/** What `standin.config.*` says. Relative paths in it are relative to its folder. */
export interface Configuration {
  readonly $schema?: string;
  /** OpenAPI documents, folders of them, globs. */
  readonly documents?: readonly string[];
  readonly overlays?: readonly string[];
  readonly allowOutside?: boolean;
  readonly allowRemote?: boolean;
  readonly test?: TestConfiguration;
}

/** Of `standin test`. */
export interface TestConfiguration {
  /** Base URL of the server to test; without, a stand-in in the same process. */
  readonly against?: string;
  /** A credential for each security scheme, by its name. Better kept in the environment: `AUTH_<SCHEME>`. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Credentials that may do little. */
  readonly authLow?: Readonly<Record<string, string>>;
  /** A module: see `HookModule`. */
  readonly hooks?: string;
  readonly only?: FilterConfiguration;
  readonly skip?: FilterConfiguration;
  readonly safe?: boolean;
  readonly seed?: string | number;
  readonly budget?: number;
  /** Requests per second. */
  readonly rate?: number;
  readonly concurrency?: number;
  readonly report?: ReportConfiguration;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  /** Of a hundred. */
  readonly failUnder?: number;
}

export interface FilterConfiguration {
  readonly operationId?: readonly string[];
  readonly tag?: readonly string[];
  readonly path?: readonly string[];
  readonly status?: readonly (string | number)[];
  readonly kind?: readonly CaseKind[];
  readonly id?: readonly string[];
}

/** The file for each format; `github` goes to standard output. */
export interface ReportConfiguration {
  readonly junit?: string;
  readonly html?: string;
  readonly json?: string;
  readonly github?: boolean;
  readonly har?: string;
  readonly ctrf?: string;
}
