import type { Operation, Response } from '../contract.js';

/** What a request that goes well is answered with. */
export function successOf({ responses }: Operation): Response | undefined {
  const exact = responses
    .filter(({ status }) => /^2\d\d$/.test(status))
    .sort((a, b) => Number(a.status) - Number(b.status));
  return (
    exact[0] ?? responses.find(({ status }) => status === '2XX') ?? responses.find(({ status }) => status === 'default')
  );
}
