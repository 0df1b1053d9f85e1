export type { CaseKind, CaseRequest, ContractCase, Expectation, ExpectedBody, Gap, Step } from './case.js';
export type {
  Configuration,
  FilterConfiguration,
  ReportConfiguration,
  TestConfiguration,
} from './configuration/configuration.js';
export { configurationEndings, findConfiguration } from './configuration/find.js';
export { loadConfiguration } from './configuration/load.js';
export { configurableOptions } from './configuration/options.js';
export {
  type DocumentSettings,
  resolveDocuments,
  resolveSettings,
  type TestSettings,
} from './configuration/resolve.js';
export { configurationSchema } from './configuration/schema.js';
export { ConfigurationError } from './configuration-error.js';
export { type Derivation, type DeriveOptions, deriveCases } from './derive/index.js';
export { type DescribeOptions, describeContract } from './describe-contract.js';
export type { HookContext, HookModule } from './hook-module.js';
export { type PlanEntry, planOf } from './plan.js';
export { type Proof, type ProveListener, prove } from './prove.js';
export { explainReport } from './report/explain.js';
export { createMatrix, formatMatrix, type MatrixRow, type Tally } from './report/matrix.js';
export { createProgress } from './report/progress.js';
export type { RunReport } from './report/run-report.js';
export { formatSummary } from './report/summary.js';
export type { Drift } from './run/drift.js';
export type { Finding } from './run/judge.js';
export { type Outcome, runCase } from './run/run-case.js';
export { inspectTarget, startTarget, type Target } from './run/target.js';
export {
  type CaseFilter,
  deriveSuite,
  type Incomplete,
  runSuite,
  type Suite,
  type SuiteHooks,
  type SuiteListener,
  type SuiteOptions,
  type SuiteResult,
  type SuiteRun,
  startRun,
} from './suite.js';
export { UnreachableError } from './unreachable-error.js';
