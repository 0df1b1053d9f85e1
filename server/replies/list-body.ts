import { bare, type Form } from '../contract/index.js';
import { isObject } from '../documents/index.js';
import { firstExample } from './documented.js';
import { fitted } from './fitted.js';
import { project, propertiesAt } from './item-body.js';
import type { ListQuery } from './list-query.js';
import { withMember } from './with-member.js';

/** What is told of a list around it. */
export interface ListCounts {
  readonly total: number;
  readonly shown: number;
  readonly query: ListQuery;
}

/** The body that shows a list: the documented example with these items in place, and the counts that go with them. */
export function bodyOfList(
  form: Form,
  items: readonly unknown[],
  counts: ListCounts,
): { readonly value: unknown } | undefined {
  const { mediaType, within } = form;
  const properties = propertiesAt(form, true);
  const shown = items.map((item) => project(item, properties));
  if (within.length === 0) return fitted(mediaType, shown, firstExample(mediaType).value);
  const example = firstExample(mediaType).value;
  return fitted(mediaType, withMember(recounted(example, counts, within), within, shown), example);
}

/** Deeper than this nothing speaks of the list as a whole. */
const depthMax = 3;

/** The counts in what is around the list, by their usual names. */
function recounted(value: unknown, counts: ListCounts, within: readonly string[], depth = 0): unknown {
  if (!isObject(value) || depth > depthMax) return value;
  const names = Object.keys(value).map(bare);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (depth === 0 && name === within[0] && within.length === 1) return [name, member];
      if (isObject(member)) return [name, recounted(member, counts, within.slice(1), depth + 1)];
      const count = countOf(bare(name), names, counts);
      return [name, count === undefined || (member !== null && typeof member !== typeof count) ? member : count];
    }),
  );
}

function countOf(
  name: string,
  siblings: readonly string[],
  { total, shown, query: { limit, offset, page } }: ListCounts,
): number | boolean | undefined {
  const size = limit ?? Math.max(shown, 1);
  switch (name) {
    case 'total':
    case 'totalcount':
    case 'totalitems':
    case 'totalelements':
    case 'totalresults':
    case 'totalrecords':
    case 'totalsize':
    case 'itemcount':
      return total;
    case 'count':
    case 'size':
      return siblings.some((sibling) => sibling.startsWith('total')) ? shown : total;
    case 'numberofelements':
    case 'resultcount':
      return shown;
    case 'limit':
    case 'pagesize':
    case 'perpage':
      return limit;
    case 'offset':
    case 'skip':
      return offset;
    case 'page':
    case 'currentpage':
    case 'pagenumber':
      return page ?? Math.floor(offset / size) + 1;
    case 'totalpages':
    case 'pagecount':
    case 'pages':
    case 'lastpage':
      return Math.max(1, Math.ceil(total / size));
    case 'hasmore':
    case 'hasnext':
    case 'hasnextpage':
      return offset + shown < total;
    case 'hasprevious':
    case 'hasprev':
    case 'haspreviouspage':
      return offset > 0;
    default:
      return undefined;
  }
}
