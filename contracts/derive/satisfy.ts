import { type Condition, type Criterion, type Expression, textMatching } from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import { holds, type Scope } from '../../server/replies/index.js';
import { type Draft, type DraftContext, toRequest } from './draft.js';
import { freshen } from './freshen.js';
import { withValueAt } from './with-value-at.js';

/** Lists are tried with up to so many members. */
const membersMax = 64;

/** A valid request that the criteria hold for, made from one; `undefined` where none was found. */
export function satisfy(context: DraftContext, draft: Draft, criteria: readonly Criterion[]): Draft | undefined {
  for (const { draft: placed, parent } of withEachParent(context, draft)) {
    const candidates = criteria.reduce<Draft[]>(
      (drafts, criterion) => drafts.flatMap((one) => [one, ...suggest(context, one, criterion)]),
      [placed],
    );
    const found = candidates.find(
      (candidate) =>
        isValid(candidate) && criteria.every((criterion) => holds(criterion, scopeOf(context, candidate, parent))),
    );
    if (found) return found;
  }
  return undefined;
}

/** Whether something is declared that refuses the request, valid though it is. */
export function satisfiedRefusal(context: DraftContext, draft: Draft): boolean {
  const refusing = context.operation.rules.filter(
    ({ when, response }) => when.event === undefined && when.criteria.length > 0 && /^[45d]/.test(response.status),
  );
  if (refusing.length === 0) return false;
  return withEachParent(context, draft).some(({ parent }) => {
    const scope = scopeOf(context, draft, parent);
    return refusing.some(({ when }) => when.criteria.every((criterion) => holds(criterion, scope)));
  });
}

const isValid = ({ mediaType, body }: Draft) => !mediaType || mediaType.validator.check(body);

/** What runtime expressions would speak of, were the draft sent. */
export function scopeOf(context: DraftContext, draft: Draft, parent?: unknown): Scope {
  const { method, path, headers } = toRequest(context, draft);
  const request = { method, url: path, path: draft.path, query: draft.query, header: headers, body: draft.body };
  return { request, chance: context.chance, ...(parent !== undefined && { parent }) };
}

/** Below each of the parents that are there at the start, where there are any. */
function withEachParent({ operation }: DraftContext, draft: Draft): { draft: Draft; parent?: unknown }[] {
  const { parent } = operation.resource ?? {};
  if (!parent || parent.seed.length === 0) return [{ draft }];
  return parent.seed.map(({ item }) => ({
    draft: { ...draft, path: { ...draft.path, [parent.parameter]: valueAt(item, toPointer(parent.key)) } },
    parent: item,
  }));
}

/** Drafts in which the criterion may hold. */
function suggest({ chance }: DraftContext, draft: Draft, criterion: Criterion): Draft[] {
  if (criterion.type === 'simple')
    return comparisons(criterion.condition).flatMap(([expression, value]) => put(draft, expression, value));
  if (criterion.type === 'regex') {
    const { pattern, context } = criterion;
    const bounds = { patterns: [pattern.source], min: 0, max: Number.POSITIVE_INFINITY };
    return Array.from({ length: 8 }).flatMap(() => {
      const text = textMatching(bounds, chance, (text) => pattern.test(text));
      return text === undefined ? [] : put(draft, context, text);
    });
  }
  return lists(draft.body).flatMap(({ keys, list }) => {
    const [first] = list;
    if (first === undefined) return [];
    const members = [...list];
    return Array.from({ length: membersMax }, () => {
      members.push(
        freshen(
          first,
          (value) => draft.mediaType?.validator.check(withValueAt(draft.body, keys, [value])) ?? true,
          chance,
        ),
      );
      return { ...draft, body: withValueAt(draft.body, keys, [...members]) };
    });
  });
}

function comparisons(condition: Condition): [Expression, unknown][] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...comparisons(condition.left), ...comparisons(condition.right)];
    case 'compare': {
      const { left, right, operator } = condition;
      const [expression, literal] =
        left.kind === 'expression'
          ? [left.expression, right]
          : right.kind === 'expression'
            ? [right.expression, left]
            : [undefined, left];
      if (!expression || literal.kind !== 'literal') return [];
      const { value } = literal;
      if (typeof value === 'number' && operator !== '==')
        return [
          [expression, value - 1],
          [expression, value],
          [expression, value + 1],
        ];
      return operator === '!=' ? [] : [[expression, value]];
    }
    default:
      return [];
  }
}

function put(draft: Draft, expression: Expression, value: unknown): Draft[] {
  switch (expression.source) {
    case 'body':
      return [{ ...draft, body: withValueAt(draft.body, expression.keys, value) }];
    case 'path':
    case 'query':
    case 'header':
      return [
        {
          ...draft,
          [expression.source]: withValueAt(draft[expression.source], [expression.name, ...expression.keys], value),
        },
      ];
    default:
      return [];
  }
}

function lists(value: unknown, keys: readonly string[] = []): { keys: readonly string[]; list: unknown[] }[] {
  if (Array.isArray(value)) return [{ keys, list: value }];
  return isObject(value) ? Object.entries(value).flatMap(([name, member]) => lists(member, [...keys, name])) : [];
}
