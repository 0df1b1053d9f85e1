/** How a request fares against one security scheme, or those that share a header. */
export type SchemeOutcome =
  | { readonly kind: 'accepted'; readonly credential: string }
  | { readonly kind: 'forbidden'; readonly credential: string; readonly detail: string }
  | {
      readonly kind: 'missing' | 'invalid';
      readonly detail: string;
      /** What was sent is a credential for another scheme. */
      readonly isOther?: boolean;
    };

/** Any secret passes but the literals `invalid` and `forbidden`. */
export function judgeSecret(secret: string, credential = secret): SchemeOutcome {
  if (secret === 'invalid') return { kind: 'invalid', detail: 'the credential `invalid` never passes' };
  if (secret === 'forbidden')
    return {
      kind: 'forbidden',
      credential,
      detail: 'the credential `forbidden` does not suffice for this operation',
    };
  return { kind: 'accepted', credential };
}
