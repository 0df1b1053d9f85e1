import { join } from 'node:path';
import { type Contract, compile, lazy } from '../contract/index.js';
import { type Description, loadDescriptions } from '../documents/index.js';
import { packageFolder } from '../package.js';

/** The contract of the control API itself. */
export const controlContract = lazy((): Contract => {
  const [description] = loadDescriptions([join(packageFolder, 'server/control/openapi.yaml')]);
  return compile(description as Description);
});
