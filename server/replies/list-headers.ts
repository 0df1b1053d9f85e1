import { bare, lazyOf, type Response, type ResponseHeader } from '../contract/index.js';
import type { Told } from './list-body.js';
import { countOf } from './list-counts.js';
import type { Relation } from './list-neighbours.js';
import { toHeaderText } from './preferences.js';
import type { Reply } from './reply.js';

/** Headers that speak of the list (`Link`, `X-Total-Count`, `X-Next-Page` and the like), where they are documented. */
export function withListHeaders(reply: Reply, response: Response, told: Told): Reply {
  const known = listHeaders(response);
  if (known.length === 0) return reply;
  const headers: Record<string, string | readonly string[]> = { ...reply.headers };
  for (const { header, name, say } of known) {
    const value = say(told);
    if (value !== undefined && value !== '') headers[name] = toHeaderText(String(value));
    else if (!header.required) delete headers[name];
  }
  return { ...reply, headers };
}

interface ListHeader {
  readonly header: ResponseHeader;
  readonly name: string;
  readonly say: (told: Told) => string | number | boolean | undefined;
}

const listHeaders = lazyOf(({ headers }: Response): readonly ListHeader[] =>
  headers.flatMap((header) => {
    const name = header.name.toLowerCase();
    const say = sayer(bare(name.replace(/^(?:x-)?(?:pagination-|paging-)?/, '')));
    return say ? [{ header, name, say }] : [];
  }),
);

const counts = new Set(
  'total totalcount totalitems totalresults totalrecords totalelements totalpages pagecount page perpage pagesize currentpage limit offset hasmore count'.split(
    ' ',
  ),
);

function sayer(name: string): ListHeader['say'] | undefined {
  if (name === 'link') return linkHeader;
  if (name === 'nextpage' || name === 'nextcursor' || name === 'nextpagetoken')
    return ({ neighbours }) => neighbours.token('next');
  if (name === 'prevpage') return ({ neighbours }) => neighbours.token('prev');
  return counts.has(name) ? (told) => countOf(name, ['total'], told) : undefined;
}

const relations: readonly Relation[] = ['first', 'prev', 'next', 'last'];

/** Web Linking (RFC 8288 §3); nothing where all is on one page. */
function linkHeader({ neighbours }: Told): string | undefined {
  if (neighbours.path('next') === undefined && neighbours.path('prev') === undefined) return undefined;
  return relations
    .flatMap((relation) => {
      const url = neighbours.url(relation);
      return url === undefined ? [] : [`<${url}>; rel="${relation}"`];
    })
    .join(', ');
}
