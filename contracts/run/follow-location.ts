import type { CaseRequest } from '../case.js';
import type { Answer } from './answer.js';

/** A request for what a `Location` names; why there is none. */
export function followLocation(
  request: CaseRequest,
  asked: CaseRequest | undefined,
  answer: Answer | undefined,
  baseUrl: string,
): CaseRequest | { readonly missing: string } {
  const [location] = [answer?.headers.location ?? []].flat();
  if (!answer || !asked || answer.status >= 300 || location === undefined) return { missing: 'Location' };
  const from = `${baseUrl}${asked.path}`;
  if (!URL.canParse(location, from)) return request;
  const found = new URL(location, from);
  const base = new URL(baseUrl);
  const root = base.pathname.replace(/\/$/, '');
  const isBelow = root === '' || found.pathname === root || found.pathname.startsWith(`${root}/`);
  // Behind a proxy a service may call itself otherwise.
  if (!isBelow) return { missing: `Location below ${baseUrl}` };
  const [, query = ''] = request.path.split(/(?=\?)/, 2);
  return { ...request, path: `${found.pathname.slice(root.length) || '/'}${found.search || query}` };
}
