import { type Contract, isJson, itemForm, type Operation, singularOf } from '../../server/contract/index.js';
import { successResponse } from '../../server/replies/index.js';
import type { CaseRequest } from '../case.js';
import type { Exchange } from './fill-blanks.js';
import { takenFrom } from './with-taken.js';

/** The requests that remove again what a case created, the last first, where the API documents how, and the answers tell what. */
export function removalsOf(contract: Contract, exchanges: readonly Exchange[]): CaseRequest[] {
  return exchanges
    .flatMap(({ request, answer }) => {
      const create = contract.operations.find(
        ({ method, path, resource }) =>
          method === request.method && resource?.effect === 'create' && isOf(path, request.path),
      );
      const remove = create && contract.operations.find((one) => one.method === 'DELETE' && isBelow(one, create));
      const key = remove && takenFrom(whereKeyIs(create), answer);
      if (key === undefined) return [];
      const { 'content-type': _, ...headers } = request.headers;
      const path = `${request.path.replace(/\?.*$/, '').replace(/\/$/, '')}/${key}`;
      return [{ method: 'DELETE', path, headers: { ...headers, accept: '*/*' } }];
    })
    .reverse();
}

const templateOf = (path: string) => path.replace(/\{[^{}]*\}/g, '{}').replace(/\/$/, '');

const isBelow = ({ path }: Operation, create: Operation) => templateOf(path) === `${templateOf(create.path)}/{}`;

function isOf(template: string, path: string): boolean {
  const [own, sent] = [template, path.replace(/\?.*$/, '')].map((text) => text.replace(/\/$/, '').split('/'));
  return (
    own?.length === sent?.length && (own ?? []).every((part, index) => part.includes('{') || part === sent?.[index])
  );
}

/** In the body of the answer, else in its `Location`. */
function whereKeyIs(create: Operation) {
  const { key = [] } = create.resource ?? {};
  const success = successResponse(create);
  const mediaType = success?.response.content.find((one) => isJson(one.mediaType));
  const form = mediaType && itemForm(mediaType, key, singularOf(create.path));
  return { segment: 0, step: 0, ...(form && { keys: [...form.within, ...key] }) };
}
