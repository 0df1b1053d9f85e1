/** Crockford's base 32, lower case. */
const alphabet = Buffer.from('0123456789abcdefghjkmnpqrstvwxyz', 'latin1');
const timeLength = 10;
const length = 26;

/**
 * Makes ULIDs (https://github.com/ulid/spec), lower case: 48 bits of the time, then 80 bits of chance.
 *
 * Each create may need one. It is written as octets, since a string that is put together from 26 others is kept as a tree of them,
 * for as long as the item is.
 *
 * @param now the time, in milliseconds since 1970
 * @param fraction from 0 up to, but not including, 1
 */
export function createUlid(now: () => number, fraction: () => number): () => string {
  const octets = Buffer.alloc(length);
  let written = -1;
  return () => {
    const time = now();
    if (time !== written) writeTime(octets, time);
    written = time;
    for (let place = timeLength; place < length; place++)
      octets[place] = alphabet[Math.floor(fraction() * 32)] as number;
    return octets.toString('latin1');
  };
}

function writeTime(octets: Buffer, time: number): void {
  let left = time;
  for (let place = timeLength - 1; place >= 0; place--) {
    octets[place] = alphabet[left % 32] as number;
    left = Math.floor(left / 32);
  }
}
