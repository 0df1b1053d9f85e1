import type { Form, Shape } from '../contract/index.js';
import { firstExample } from './documented.js';
import { fitted } from './fitted.js';
import { project, propertiesAt } from './item-body.js';
import { surrounded } from './list-envelope.js';
import type { Neighbours } from './list-neighbours.js';
import type { ListQuery } from './list-query.js';
import type { Selection } from './select-items.js';
import { withMember } from './with-member.js';

/** What is told of a list around it. */
export interface Told {
  readonly query: ListQuery;
  readonly selection: Selection;
  readonly neighbours: Neighbours;
  /** The number of the first page. */
  readonly firstPage: number;
}

/** The body that shows a list: the documented example with these items in place, and what goes with them around it. */
export function bodyOfList(form: Form, told: Told): { readonly value: unknown } | undefined {
  const { mediaType, within } = form;
  const properties = propertiesAt(form, true);
  const shown = told.selection.items.map((item) => project(item, properties));
  const example = firstExample(mediaType).value;
  if (within.length === 0) return fitted(mediaType, shown, example);
  const around = surrounded(example, mediaType.shape as Shape, told, within);
  // What the example says of other pages is true of no other list.
  return (
    fitted(mediaType, withMember(around, within, shown), withMember(around, within, listIn(example, within))) ??
    fitted(mediaType, withMember(around, within, shown), example)
  );
}

function listIn(example: unknown, within: readonly string[]): unknown {
  return within.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    example,
  );
}
