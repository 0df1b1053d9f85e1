import type { CaseRequest } from '../case.js';
import type { Redactor } from './redact.js';

/** A request as a command for a POSIX shell. Credentials are the variables of its environment that are named for them. */
export function curl(baseUrl: string, { method, path, headers, body }: CaseRequest, redactor: Redactor): string {
  const quote = (text: string) => redactor.pieces(text).map(quotePiece).join('') || "''";
  const sent = Object.entries(headers).map(
    ([name, value]) => ` -H ${quote(value === '' ? `${name}:` : `${name}: ${value}`)}`,
  );
  const data = body === undefined ? '' : ` --data-raw ${quote(body)}`;
  const how = method === 'HEAD' ? '--head' : `-i -X ${method}`;
  return `curl ${how} ${quote(`${baseUrl}${path}`)}${sent.join('')}${data}`;
}

function quotePiece(piece: ReturnType<Redactor['pieces']>[number]): string {
  if (piece.kind === 'plain') return `'${piece.text.replaceAll("'", `'\\''`)}'`;
  return piece.form === 'plain' ? `"$${piece.variable}"` : `"$(printf %s "$${piece.variable}" | base64 | tr -d '\\n')"`;
}
