export type { CaseKind, CaseRequest, ContractCase, Expectation, ExpectedBody, Gap, Step } from './case.js';
export { ConfigurationError } from './configuration-error.js';
export { type Derivation, type DeriveOptions, deriveCases } from './derive/index.js';
export { type DescribeOptions, describeContract } from './describe-contract.js';
export { type PlanEntry, planOf } from './plan.js';
export { createMatrix, formatMatrix, type MatrixRow, type Tally } from './report/matrix.js';
export type { Report } from './report/report.js';
export type { Drift } from './run/drift.js';
export type { Finding } from './run/judge.js';
export { explain, type Outcome, runCase } from './run/run-case.js';
export { inspectTarget, startTarget, type Target } from './run/target.js';
export {
  type CaseFilter,
  deriveSuite,
  runSuite,
  type Suite,
  type SuiteHooks,
  type SuiteListener,
  type SuiteOptions,
  type SuiteResult,
  type SuiteRun,
  startRun,
} from './suite.js';
