import type { Operation } from '../../server/contract/index.js';

/** Why no request can be made that must lead to a documented status. */
export function whyUnprovoked({ path, security, requestBody, parameters }: Operation, status: string): string {
  if (/^1/.test(status)) return 'an informational answer is not the end of one (RFC 9110 §15.2)';
  if (/^5/.test(status)) return 'no request makes a server fail, and none is meant to';
  if (status === '429') return 'nobody is asked until they refuse; declare x-standin-limit to prove it on a stand-in';
  if (status === '304' || status === '412') return 'nothing is known that is there and has a tag';
  if (/^3/.test(status)) return 'nothing is declared that redirects';
  if (/^2/.test(status)) return 'a valid request leads to another documented success';
  if (status === '401' || status === '403')
    return security.length === 0 ? 'the operation asks for no credential' : 'it can be called without a credential';
  if (status === '404')
    return path.includes('{')
      ? 'nothing is known that is there, so nothing is known to be absent'
      : 'the path has no parameter that could name something absent';
  if (status === '409') return 'nothing is declared that it could be in conflict with';
  if ((status === '400' || status === '422') && !requestBody && parameters.length === 0)
    return 'the request has nothing that could be wrong';
  return 'nothing is declared that leads to it';
}
