/** What a request can lead to; `x-standin-when` names one. */
export const events = [
  'credentials.missing',
  'credentials.invalid',
  'credentials.forbidden',
  'request.invalid',
  'limit.exceeded',
  'resource.missing',
  'resource.conflict',
  'resource.created',
  'resource.found',
] as const;

export type EventName = (typeof events)[number];
