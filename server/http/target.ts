/** A request target, taken apart (RFC 9112 §3.2). */
export interface Target {
  /** Starts with a slash, percent-encoded; `*` for the whole server. */
  readonly path: string;
  /** What follows the `?`; empty for none. */
  readonly query: string;
  /** Of an absolute-form target; it outranks the `Host` header. */
  readonly host?: string;
}

/** Takes the target as it stands on the request line: origin form, absolute form (as proxies get it), or `*`. */
export function parseTarget(text: string): Target {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text);
  const origin = authority ? text.slice(authority[0].length) : text;
  const fragment = origin.indexOf('#');
  const whole = fragment === -1 ? origin : origin.slice(0, fragment);
  const mark = whole.indexOf('?');
  const path = mark === -1 ? whole : whole.slice(0, mark);
  return {
    path: path === '' ? '/' : path,
    query: mark === -1 ? '' : whole.slice(mark + 1),
    ...(authority?.[1] && { host: authority[1] }),
  };
}
