import type { Fault } from '../fault.js';
import { contentFaults, headerFaults, statusFaults } from './answers.js';
import { bodyFaults, errorBodyFaults } from './bodies.js';
import { credentialFaults, requestFaults } from './requests.js';
import { stateFaults } from './state.js';

export const faults: readonly Fault[] = [
  ...bodyFaults,
  ...errorBodyFaults,
  ...statusFaults,
  ...contentFaults,
  ...headerFaults,
  ...credentialFaults,
  ...requestFaults,
  ...stateFaults,
];
