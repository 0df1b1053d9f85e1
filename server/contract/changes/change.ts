/** One thing that a contract says differently than before. */
export interface ContractChange {
  /** `METHOD /path` */
  readonly operation: string;
  /** What changed, and where: `response 200 application/json /name is gone`. */
  readonly what: string;
  /** Whether a client that kept to the old contract may fail with the new one. */
  readonly isBreaking: boolean;
}

/** A change of whatever is at hand. */
export type Difference = Omit<ContractChange, 'operation'>;

export const breaking = (what: string): Difference => ({ what, isBreaking: true });
export const harmless = (what: string): Difference => ({ what, isBreaking: false });
export const either = (isBreaking: boolean, what: string): Difference => ({ what, isBreaking });

/** The members of two lists by their keys: those that both have, those that are gone, and those that are new. */
export function pair<T>(before: readonly T[], after: readonly T[], keyOf: (member: T) => string) {
  const old = new Map(before.map((member) => [keyOf(member), member]));
  const now = new Map(after.map((member) => [keyOf(member), member]));
  return {
    both: [...old].flatMap(([key, member]) => {
      const other = now.get(key);
      return other === undefined ? [] : [{ key, before: member, after: other }];
    }),
    gone: [...old].filter(([key]) => !now.has(key)).map(([key, member]) => ({ key, member })),
    added: [...now].filter(([key]) => !old.has(key)).map(([key, member]) => ({ key, member })),
  };
}
