import type { CaseRequest } from '../case.js';
import type { Redactor } from './redact.js';

/** A request as a command for a shell; for a POSIX.1-2024 one, such as bash and zsh, where it has control characters. Credentials are the variables of its environment that are named for them. */
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
  if (piece.kind === 'plain') return quoteText(piece.text);
  return piece.form === 'plain' ? `"$${piece.variable}"` : `"$(printf %s "$${piece.variable}" | base64 | tr -d '\\n')"`;
}

/** What no terminal shows, and no clipboard keeps, is escaped: the lines of multipart content end with both CR and LF. */
function quoteText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (!/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text
    .replace(/[\\']/g, (character) => `\\${character}`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: likewise.
    .replace(/[\u0000-\u001f\u007f]/g, (character) => escapes[character] ?? octal(character));
  return `$'${escaped}'`;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Of three digits, so that those which follow are no part of it. */
const octal = (character: string) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
