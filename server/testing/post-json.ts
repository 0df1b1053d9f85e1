/** What a client got. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON of some kind. */
  readonly body: unknown;
}

/** Sends a value as JSON, or no body at all for `undefined`. */
export async function postJson(
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  if (body === undefined) return answerOf(await fetch(url, { method: 'POST', headers }));
  return postText(url, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** Sends a text as it is. */
export async function postText(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return answerOf(await fetch(url, { method: 'POST', headers, body }));
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /^application\/(?:\S+\+)?json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
