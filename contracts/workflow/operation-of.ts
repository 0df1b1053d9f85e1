import type { Contract, Operation } from '../../server/contract/index.js';
import { type Arazzo, contractOf, pointerIn, type Source, type WorkflowStep } from './arazzo.js';

/** The operation of a step; why there is none. */
export function operationOf(
  { sources }: Arazzo,
  { stepId, operationId, operationPath }: WorkflowStep,
  contracts: readonly Contract[],
): { readonly contract: Contract; readonly operation: Operation } | string {
  const named = /^\{?\$sourceDescriptions\.([^.}#]+)(?:\.([^}#]+))?\}?/.exec(operationId ?? operationPath ?? '');
  const isShort = sources.find(({ name }) => operationId?.startsWith(`${name}.`));
  const wanted = named?.[1] ?? isShort?.name;
  const openApi = sources.filter(({ type }) => type === 'openapi');
  const candidates = wanted === undefined ? openApi : openApi.filter(({ name }) => name === wanted);
  const id = named?.[2] ?? (isShort ? operationId?.slice(isShort.name.length + 1) : operationId);
  const known = candidates.flatMap((source: Source) => contractOf(source, contracts) ?? []);
  if (known.length === 0)
    return `step ${stepId}: its document is not tested here: ${candidates.map(({ url }) => url).join(', ') || wanted}`;
  for (const contract of known) {
    const operation =
      operationPath === undefined
        ? contract.operations.find((one) => one.id === id)
        : contract.operations.find(({ pointer }) => pointer === pointerIn(operationPath));
    if (operation) return { contract, operation };
  }
  return `step ${stepId}: no operation is ${operationId ?? operationPath}`;
}
