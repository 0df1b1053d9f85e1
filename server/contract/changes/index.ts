export type { ContractChange } from './change.js';
export { compareContracts } from './compare.js';
