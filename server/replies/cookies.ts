/** The pairs of a `Cookie` header (RFC 6265 §4.2.1), their quotes taken off. */
export function cookiesOf(header: string): { name: string; value: string }[] {
  return header.split(';').flatMap((part) => {
    const at = part.indexOf('=');
    const name = (at === -1 ? part : part.slice(0, at)).trim();
    const value = at === -1 ? '' : part.slice(at + 1).trim();
    return name === '' ? [] : [{ name, value: value.replace(/^"(.*)"$/, '$1') }];
  });
}
