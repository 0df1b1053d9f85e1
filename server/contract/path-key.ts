/** A key of `paths`, taken apart: some documents tell operations of one path apart by a query or fragment in the key. */
export interface PathKey {
  /** The path template alone. */
  readonly template: string;
  /** What the request must carry besides; empty for nearly all. */
  readonly conditions: readonly PathCondition[];
}

/** `Action=List` in `/?Action=List`, `uploads` in `/{bucket}#uploads`, `X-Amz-Target=Run` in `/#X-Amz-Target=Run`. */
export interface PathCondition {
  readonly name: string;
  /** Any value will do where there is none. */
  readonly value?: string;
  /** Instead of a value: the path parameter that the value is (`/current?city={city}`). */
  readonly parameter?: string;
  /** A fragment never leaves the client; what it names may be a query parameter or a header. */
  readonly in: 'query' | 'query or header';
}

const none: readonly PathCondition[] = [];

export function parsePathKey(key: string): PathKey {
  if (!/[?#&]/.test(key)) return { template: key, conditions: none };
  // `/search{?q,limit}` only says which query parameters there are (RFC 6570 §3.2.8); so do the parameters themselves.
  const plainKey = key.replace(/\{[?&#][^{}]*\}/g, '');
  const [, template = plainKey, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(plainKey) ?? [];
  return {
    template,
    conditions: [...conditionsOf(query, 'query'), ...conditionsOf(fragment, 'query or header')],
  };
}

function conditionsOf(text: string | undefined, place: PathCondition['in']): PathCondition[] {
  return (text ?? '').split('&').flatMap((part): PathCondition[] => {
    const [name = '', value] = part.split(/=(.*)/s).map(decode);
    if (name === '' || name.startsWith('{')) return [];
    const [, parameter] = /^\{([^{}]+)\}$/.exec(value ?? '') ?? [];
    if (parameter !== undefined) return [{ name, parameter, in: place }];
    return [{ name, ...(value !== undefined && value !== '' && { value }), in: place }];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
