import type { Contract, Operation, ResponseMediaType } from '../../contract/index.js';
import { coverageNames, exampleKey } from './tally.js';

export interface Share {
  readonly met: number;
  readonly documented: number;
}

type Tallies = Readonly<Record<string, number>>;

/** What is documented, each with how many requests met it, and how much of it was met at all. */
export function readCoverage(contracts: readonly Contract[], tallies: Tallies) {
  const apis = contracts.map((contract) => ({
    name: contract.name,
    operations: contract.operations.map((operation) => operationCoverage(contract, operation, tallies)),
  }));
  const operations = apis.flatMap((api) => api.operations);
  const responses = operations.flatMap((operation) => operation.responses);
  const content = responses.flatMap((response) => response.content);
  const summary = {
    operations: shareOf(operations),
    parameters: shareOf(operations.flatMap(({ parameters }) => parameters)),
    requestBodies: shareOf(operations.flatMap(({ requestBodies }) => requestBodies)),
    statuses: shareOf(responses),
    mediaTypes: shareOf(content),
    examples: shareOf(content.flatMap(({ examples }) => examples)),
  };
  return { summary, apis };
}

function shareOf(counted: readonly { readonly requests: number }[]): Share {
  return { met: counted.filter(({ requests }) => requests > 0).length, documented: counted.length };
}

function operationCoverage(contract: Contract, operation: Operation, tallies: Tallies) {
  const names = coverageNames(operation)(contract);
  const { id, method, path } = operation;
  const count = (name: string) => tallies[name] ?? 0;
  const contentCoverage = (status: string, mediaType: ResponseMediaType) => ({
    mediaType: mediaType.mediaType,
    requests: count(names.content(status, mediaType.mediaType)),
    examples: mediaType
      .examples()
      .filter(({ origin }) => origin !== 'generated')
      .map((example) => ({
        ...(example.name !== undefined && { name: example.name }),
        requests: count(names.example(status, mediaType.mediaType, exampleKey(mediaType, example))),
      })),
  });
  return {
    id,
    method,
    path,
    requests: count(names.operation),
    parameters: operation.parameters.map(({ name, in: place }) => ({
      name,
      in: place,
      requests: count(names.parameter(place, name)),
    })),
    requestBodies: (operation.requestBody?.content ?? []).map(({ mediaType }) => ({
      mediaType,
      requests: count(names.request(mediaType)),
    })),
    responses: operation.responses.map(({ status, content }) => ({
      status,
      requests: count(names.response(status)),
      content: content.map((mediaType) => contentCoverage(status, mediaType)),
    })),
  };
}
