/** What goes back, and why. Header names are in lower case. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
  readonly reason: ReplyReason;
}

/** How a reply was chosen: DESIGN's order, first match wins. */
export type ReplyReason = 'preference' | 'condition' | 'handler' | 'state' | 'example' | 'generated' | 'problem';

export function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}
