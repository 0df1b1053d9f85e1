import type { IncomingHttpHeaders } from 'node:http';
import { problem, type Reply } from '../replies/index.js';
import type { Target } from './target.js';

/** What names a session: a header; a cookie, for browsers; the start of the path, for clients that can set neither. */
const sessionHeader = 'standin-session';
const cookieName = 'standin-session';
const prefix = '/~';

/** The session that a request names, and its target without the name. */
type NamedSession = { readonly target: Target } & (
  | { readonly id: string }
  | { /** What names no session, and why. */ readonly refusal: Reply }
);

/** `undefined` where none is named: then it is the shared one. The path comes before the header, that before the cookie. */
export function sessionOf(target: Target, headers: IncomingHttpHeaders): NamedSession | undefined {
  if (target.path.startsWith(prefix)) return inPath(target);
  const inHeader = headers[sessionHeader];
  if (inHeader !== undefined) return named(String(inHeader), target);
  const { cookie } = headers;
  if (cookie?.includes(cookieName) !== true) return undefined;
  const [, inCookie] = cookiePattern.exec(cookie) ?? [];
  return inCookie === undefined ? undefined : named(decoded(inCookie), target);
}

const cookiePattern = new RegExp(`(?:^|;)\\s*${cookieName}\\s*=\\s*"?([^";]*)"?\\s*(?:;|$)`);

/** The path with what names the session before it, as links to other places in the session need it. */
function inPath(target: Target): NamedSession {
  const end = target.path.indexOf('/', 1);
  const [text, path] = end === -1 ? [target.path, '/'] : [target.path.slice(0, end), target.path.slice(end)];
  return named(decoded(text.slice(prefix.length)), { ...target, path });
}

/** What is not percent-encoded rightly is no name, since it has a `/`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '/';
  }
}

/** Visible ASCII (RFC 5234 §B.1, VCHAR) without the slash. */
const idPattern = /^[!-.0-~]{1,128}$/;

/** Whether a text may be the id of a session. */
function isSessionId(text: string): boolean {
  return idPattern.test(text);
}

function named(id: string, target: Target): NamedSession {
  if (isSessionId(id)) return { id, target };
  return {
    target,
    refusal: problem('session-malformed', {
      detail:
        'a session is named by 1 to 128 visible ASCII characters without "/"; percent-encode it in a path or a cookie',
    }),
  };
}
