const slabBytes = 64 * 1024;
/** Longer texts have octets of their own. */
const textMax = slabBytes / 16;

let slab = Buffer.alloc(0);
let end = 0;

/**
 * A text in UTF-8, among others. As `Buffer.from`, which takes new memory eight times as often; what is to be kept for long should
 * be copied, since it keeps the others.
 */
export function inUtf8(text: string): Buffer {
  if (text.length > textMax) return Buffer.from(text);
  // A character of a string is three octets at most.
  if (end + 3 * text.length > slab.length) {
    slab = Buffer.allocUnsafeSlow(slabBytes);
    end = 0;
  }
  const start = end;
  end += slab.write(text, start);
  return slab.subarray(start, end);
}
