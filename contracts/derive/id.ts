import type { Contract, Operation } from '../../server/contract/index.js';
import type { ContractCase } from '../case.js';

/** `prelude createUser · provoked · 409 /external_id taken` */
export function caseId({ name }: Contract, { id }: Operation, kind: ContractCase['kind'], title: string): string {
  return `${name} ${id} · ${kind} · ${title}`;
}
