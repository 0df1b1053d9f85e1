import type { DataValidateFunction, FuncKeywordDefinition } from 'ajv/dist/types/index.js';

/**
 * `uniqueItems` (JSON Schema 2020-12 Validation §6.4.3), in time that grows with the list and not with its square. Values are
 * equal as JSON Schema Core §4.2.2 says: the order of members is of no account, 1 and 1.0 are one number.
 */
export const uniqueItems: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: true,
  compile: (isUnique: boolean) => {
    if (!isUnique) return () => true;
    const validate: DataValidateFunction = (items: readonly unknown[]) => {
      const equal = equalItems(items);
      if (!equal) return true;
      const [first, second] = equal;
      validate.errors = [
        {
          keyword: 'uniqueItems',
          params: { i: second, j: first },
          message: `must NOT have duplicate items (items ## ${first} and ${second} are identical)`,
        },
      ];
      return false;
    };
    return validate;
  },
};

/** Indices of two items that are equal; `undefined` where there are none. */
export function equalItems(items: readonly unknown[]): readonly [first: number, second: number] | undefined {
  if (items.length < 2) return undefined;
  const seen = new Set<unknown>();
  for (let index = 0; index < items.length; index++) {
    const key = identityOf(items[index]);
    if (seen.has(key)) return [items.findIndex((item) => identityOf(item) === key), index];
    seen.add(key);
  }
  return undefined;
}

/** What is the same, by `===`, for equal values of JSON only. */
export function identityOf(value: unknown): unknown {
  // The sign before a string keeps it apart from what is written out.
  if (typeof value === 'string') return `"${value}`;
  return typeof value === 'object' && value !== null ? canonical(value) : value;
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
