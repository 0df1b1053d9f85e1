import { describeContract } from './describe-contract.js';
import { inspectTarget } from './run/target.js';
import { loadContracts, readSettings } from './settings.js';

const settings = readSettings(process.env);
const target =
  settings.against === undefined ? undefined : await inspectTarget(settings.against, loadContracts(settings));

describeContract({ ...settings, ...(target && { target }) });
