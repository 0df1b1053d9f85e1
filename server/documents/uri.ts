/** A URI reference, resolved (RFC 3986 §5); `undefined` where it is none. */
export function toUri(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}

/** Percent-decoded; `undefined` where that can't be. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
