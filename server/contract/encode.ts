/** As `allowReserved` has it: of the reserved characters, those that no style, no query and no form gives a meaning stay as they are. */
export function encodeUnreserved(text: string): string {
  return encodeURIComponent(text).replace(/%(?:2F|3A|3F|40|24)/g, (encoded) => decodeURIComponent(encoded));
}
