import type { Told } from './list-body.js';

/** A count, or what follows from counts, by its usual names; `undefined` for other names. */
export function countOf(name: string, siblings: readonly string[], told: Told): number | boolean | undefined {
  const { query, selection, firstPage } = told;
  const { total, offset, items } = selection;
  const { limit, page } = query;
  const shown = items.length;
  const size = limit ?? Math.max(shown, 1);
  switch (name) {
    case 'total':
    case 'totalcount':
    case 'totalitems':
    case 'totalelements':
    case 'totalresults':
    case 'totalrecords':
    case 'totalsize':
    case 'totalentries':
    case 'totalhits':
    case 'itemcount':
    case 'recordcount':
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
      return page ?? Math.floor(offset / size) + firstPage;
    case 'totalpages':
    case 'pagecount':
    case 'pages':
    case 'lastpage':
      return Math.max(1, Math.ceil(total / Math.max(size, 1)));
    case 'hasmore':
    case 'more':
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
