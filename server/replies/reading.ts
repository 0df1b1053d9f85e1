import type { Parameter, Shape, Violation } from '../contract/index.js';

/** What was sent for a parameter: a value that its schema may refuse, or what can't be read. `undefined`: nothing was sent. */
export type Reading =
  | { readonly value: unknown; readonly isValid: boolean }
  | { readonly violation: Violation }
  | undefined;

/** One way to read what was sent. `undefined` where it can't be read that way. */
export type Attempt<T> = (sent: T) => { readonly value: unknown } | undefined;

/** A parameter's value as text: a part of a path, a query, or a cookie. */
export type Decode = (text: string) => string;

/** The first value that the schema allows; where it allows none, the first. */
export function firstValid<T>({ validator }: Parameter, attempts: readonly Attempt<T>[], sent: T): Reading {
  let first: { readonly value: unknown } | undefined;
  for (const attempt of attempts) {
    const read = attempt(sent);
    if (!read) continue;
    if (validator.check(read.value)) return { value: read.value, isValid: true };
    first ??= read;
  }
  return first && { value: first.value, isValid: false };
}

export type Kind =
  | { readonly kind: 'list' }
  | { readonly kind: 'members' }
  | { readonly kind: 'scalar'; readonly types: readonly string[] };

/** The kinds of value that a schema allows, in its order: a text may be any of them. */
export function kindsOf(shape: Shape): readonly Kind[] {
  const types = shape.types();
  if (types.length === 0) return [{ kind: 'scalar', types }];
  return types.map((type) =>
    type === 'array' ? { kind: 'list' } : type === 'object' ? { kind: 'members' } : { kind: 'scalar', types: [type] },
  );
}

export function violationOf(
  { name, in: place }: Parameter,
  keyword: string,
  message: string,
): { readonly violation: Violation } {
  const location = place === 'querystring' ? 'query' : place;
  return { violation: { location, pointer: `/${name}`, keyword, message } };
}
