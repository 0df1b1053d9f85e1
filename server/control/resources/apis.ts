import type { Contract, Operation } from '../../contract/index.js';
import type { Handlers } from '../handler.js';
import { inTurns } from '../in-turns.js';
import { findApi, findOperation, missing } from '../missing.js';
import { describeApi, describeOperation } from './describe.js';
import { problemsOf } from './problems.js';

/** What the documents promise. */
export function apiHandlers(contracts: readonly Contract[]): Handlers {
  return {
    listApis: () => ({ status: 200, body: { apis: contracts.map((contract) => describeApi(contract, contracts)) } }),
    listOperations: async ({ path }) => {
      const contract = findApi(contracts, path.api as string);
      if ('problem' in contract) return contract;
      const describe = (operation: Operation) => describeOperation(contract, operation, false);
      const operations = await inTurns(contract.operations, describe);
      return { status: 200, body: { operations } };
    },
    listProblems: async ({ path }) => {
      const contract = findApi(contracts, path.api as string);
      return 'problem' in contract ? contract : { status: 200, body: await problemsOf(contract) };
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
