import type { Contract } from '../../contract/index.js';
import type { Handlers } from '../handler.js';
import { findApi, findOperation, missing } from '../missing.js';
import { describeApi, describeOperation } from './describe.js';

/** What the documents promise. */
export function apiHandlers(contracts: readonly Contract[]): Handlers {
  return {
    listApis: () => ({ status: 200, body: { apis: contracts.map((contract) => describeApi(contract, contracts)) } }),
    listOperations: ({ path }) => {
      const contract = findApi(contracts, path.api as string);
      if ('problem' in contract) return contract;
      const operations = contract.operations.map((operation) => describeOperation(contract, operation, false));
      return { status: 200, body: { operations } };
    },
    readOperation: ({ path }) => {
      const contract = findApi(contracts, path.api as string);
      if ('problem' in contract) return contract;
      const operation = findOperation(contract, path.operation as string);
      if (operation) return { status: 200, body: describeOperation(contract, operation, true) };
      return missing(
        `${contract.name} has no operation "${path.operation}"`,
        contract.operations.map(({ id }) => id),
      );
    },
  };
}
