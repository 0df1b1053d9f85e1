import {
  type Contract,
  createChance,
  isJson,
  itemForm,
  type Operation,
  type SecurityScheme,
  singularOf,
} from '../../server/contract/index.js';
import { successResponse } from '../../server/replies/index.js';
import type { CaseRequest } from '../case.js';
import { authorize } from '../derive/authorize.js';
import type { Exchange } from './fill-blanks.js';
import { takenFrom } from './with-taken.js';

/**
 * The requests that remove again what a case created, the last first, where the API documents how, and the answers tell what.
 *
 * @param credential what is known for a scheme; without, what created an item has to be enough to remove it.
 */
export function removalsOf(
  contract: Contract,
  exchanges: readonly Exchange[],
  credential: (scheme: SecurityScheme) => string | undefined = () => undefined,
): CaseRequest[] {
  return exchanges
    .flatMap(({ request, answer }) => {
      const create = contract.operations.find(
        ({ method, path, resource }) =>
          method === request.method && resource?.effect === 'create' && isOf(path, request.path),
      );
      const remove = create && contract.operations.find((one) => one.method === 'DELETE' && isBelow(one, create));
      const key = remove && takenFrom(whereKeyIs(create), answer);
      if (!remove || key === undefined) return [];
      const { 'content-type': _, ...headers } = request.headers;
      const path = `${request.path.replace(/\?.*$/, '').replace(/\/$/, '')}/${key}`;
      const own = credentialsFor(remove, credential);
      const query = own && own.query.length > 0 ? `?${own.query.join('&')}` : '';
      const cookie = own && own.cookies.length > 0 ? { cookie: own.cookies.join('; ') } : {};
      return [
        { method: 'DELETE', path: path + query, headers: { ...headers, ...own?.headers, ...cookie, accept: '*/*' } },
      ];
    })
    .reverse();
}

/** By the first alternative that all is known for. */
function credentialsFor({ security }: Operation, credential: (scheme: SecurityScheme) => string | undefined) {
  const known = security.find(({ schemes }) => schemes.every((scheme) => credential(scheme) !== undefined));
  if (!known) return undefined;
  return authorize(
    { credentials: known.schemes, query: {}, header: {}, cookie: {} },
    { credential, chance: createChance(undefined, Date.now) },
  );
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
