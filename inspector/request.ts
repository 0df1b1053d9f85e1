/** A request as it can be sent, and written down. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** For a POSIX shell. */
export function asCurl({ method, url, headers, body }: HttpRequest): string {
  const way = method === 'HEAD' ? '--head' : method === 'GET' && body === undefined ? '' : `-X ${method}`;
  return [
    `curl -i${way && ` ${way}`} ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ');
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** For a browser, Node and the like. */
export function asFetch({ method, url, headers, body }: HttpRequest): string {
  const init = {
    method,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== undefined && { body }),
  };
  return `await fetch(${JSON.stringify(url)}, ${JSON.stringify(init, undefined, 2)});`;
}

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  /** In milliseconds, as the page saw it. */
  readonly duration: number;
  /** A redirect, of which a browser shows a page nothing. */
  readonly isHidden: boolean;
}

/** Sends a request from this page. Cookies are set for as long as it takes: a page can't send them itself. */
export async function sendRequest({ method, url, headers, body }: HttpRequest): Promise<Answer> {
  const { cookie = '', ...own } = lowerNames(headers);
  const cookies = cookie.split(/; */).filter((pair) => pair !== '');
  for (const pair of cookies) setCookie(`${pair}; path=/`);
  const startMs = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers: own,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      text,
      duration: performance.now() - startMs,
      isHidden: response.type === 'opaqueredirect',
    };
  } finally {
    for (const pair of cookies) setCookie(`${pair.split('=')[0]}=; path=/; max-age=0`);
  }
}

function lowerNames(headers: HttpRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function setCookie(text: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is there on HTTPS alone
  document.cookie = text;
}
