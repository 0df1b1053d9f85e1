import type { Contract, Operation, ResponseMediaType } from '../../contract/index.js';
import { documentedExamples } from '../documented-examples.js';
import { inTurns } from '../in-turns.js';
import { coverageNames } from './tally.js';

interface Share {
  readonly met: number;
  readonly documented: number;
}

type Tallies = Readonly<Record<string, number>>;

/** What is documented, each with how many requests met it, and how much of it was met at all. */
export async function readCoverage(contracts: readonly Contract[], tallies: Tallies) {
  const apis: { readonly name: string; readonly operations: ReturnType<typeof operationCoverage>[] }[] = [];
  for (const contract of contracts) {
    const { name, operations } = contract;
    apis.push({
      name,
      operations: await inTurns(operations, (operation) => operationCoverage(contract, operation, tallies)),
    });
  }
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
    examples: documentedExamples(contract, mediaType).map(({ name }) => ({
      ...(name !== undefined && { name }),
      requests: count(names.example(status, mediaType.mediaType, name)),
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
