export { type CheckedDescription, check, checkInSteps } from './check.js';
export { type ExampleClass, exampleClasses } from './examples.js';
export type { CheckRule } from './rule.js';
export { checkRules } from './rules/index.js';
