import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { problem, type Reply } from '../replies/index.js';

/**
 * Whether a request may steer standin: the reply that refuses it, or nothing. With a token it must carry that. Without, only
 * this machine can connect, and pages of other origins that a browser on it shows must not: neither by their own origin, nor
 * by a name of theirs that has been made to lead here.
 */
export function refuseControl(headers: IncomingHttpHeaders, token: string | undefined): Reply | undefined {
  if (token !== undefined) return refuseCredentials(headers.authorization, token);
  const { origin, host } = headers;
  const stranger = [origin, host === undefined ? undefined : `http://${host}`].find(
    (url) => url !== undefined && !isLoopback(url),
  );
  if (stranger === undefined) return undefined;
  return problem('origin-refused', {
    detail: `${stranger} is not of this machine; start standin with --control-token, and send the token as Authorization: Bearer TOKEN`,
  });
}

function refuseCredentials(authorization: string | undefined, token: string): Reply | undefined {
  const [, sent] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (sent !== undefined && isEqual(sent, token)) return undefined;
  return problem(sent === undefined ? 'credentials-missing' : 'credentials-invalid', {
    detail: 'send what --control-token says as Authorization: Bearer TOKEN',
    headers: { 'www-authenticate': `Bearer realm="standin"${sent === undefined ? '' : ', error="invalid_token"'}` },
  });
}

/** Takes the same time for any two texts, of any lengths. */
function isEqual(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}

function isLoopback(url: string): boolean {
  try {
    return isLoopbackHost(new URL(url).hostname);
  } catch {
    return false;
  }
}

/** Whether a host name or address means this machine, and nothing that others can reach. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
