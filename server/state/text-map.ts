/**
 * A `Map` of texts, in the order in which they came, for many of them: what is asked of it is found by 32 bits of its hash in one
 * array of numbers, so that a text which is not there is not compared with any, and growing reads none.
 */
export interface TextMap<Value> {
  readonly size: number;
  readonly get: (text: string) => Value | undefined;
  readonly has: (text: string) => boolean;
  readonly set: (text: string, value: Value) => void;
  readonly delete: (text: string) => boolean;
  readonly clear: () => void;
  /** Neither is to be changed while it is gone through. */
  readonly values: () => IterableIterator<Value>;
  readonly entries: () => IterableIterator<readonly [text: string, value: Value]>;
}

const firstSlots = 16;

export function createTextMap<Value>(): TextMap<Value> {
  /** By place, in the order in which they came; `undefined` where one was removed. */
  let texts: (string | undefined)[] = [];
  let values: (Value | undefined)[] = [];
  let size = 0;
  /** Two numbers a slot: the hash, and the place from 1 on; 0 for none. At least half of the slots have none. */
  let slots = new Int32Array(2 * firstSlots);

  /** Who asks for a text sets it next, as a rule. */
  let lastText = '';
  let lastHash = hashOf('');
  const hashed = (text: string): number => {
    if (text !== lastText) {
      lastText = text;
      lastHash = hashOf(text);
    }
    return lastHash;
  };

  /** The slot of a text, or the one where it would be. */
  const slotOf = (text: string, hash: number): number => {
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let place = slots[slot + 1] as number; place !== 0; place = slots[slot + 1] as number) {
      if (slots[slot] === hash && texts[place - 1] === text) return slot;
      slot = (slot + 2) & mask;
    }
    return slot;
  };

  const placeOf = (text: string): number => (slots[slotOf(text, hashed(text)) + 1] as number) - 1;

  const fill = (hash: number, place: number): void => {
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    slots[slot] = hash;
    slots[slot + 1] = place + 1;
  };

  const grow = (): void => {
    const former = slots;
    slots = new Int32Array(2 * former.length);
    for (let slot = 0; slot < former.length; slot += 2)
      if (former[slot + 1] !== 0) fill(former[slot] as number, (former[slot + 1] as number) - 1);
  };

  /** Leaves no slot empty between one that is filled and the slot its hash names: the search would end there. */
  const empty = (removed: number): void => {
    const mask = slots.length - 1;
    let gap = removed;
    for (let slot = (gap + 2) & mask; slots[slot + 1] !== 0; slot = (slot + 2) & mask) {
      const named = ((slots[slot] as number) << 1) & mask;
      if (((slot - named) & mask) < ((slot - gap) & mask)) continue;
      slots[gap] = slots[slot] as number;
      slots[gap + 1] = slots[slot + 1] as number;
      gap = slot;
    }
    slots[gap + 1] = 0;
  };

  /** Gives up the places of those that were removed. */
  const compact = (): void => {
    const kept = [...entries()];
    clear();
    for (const [text, value] of kept) set(text, value);
  };

  const set = (text: string, value: Value): void => {
    const hash = hashed(text);
    const slot = slotOf(text, hash);
    const place = slots[slot + 1] as number;
    if (place !== 0) {
      values[place - 1] = value;
      return;
    }
    slots[slot] = hash;
    slots[slot + 1] = texts.push(text);
    values.push(value);
    size++;
    if (4 * size > slots.length) grow();
  };

  const remove = (text: string): boolean => {
    const slot = slotOf(text, hashed(text));
    const place = (slots[slot + 1] as number) - 1;
    if (place < 0) return false;
    empty(slot);
    texts[place] = undefined;
    values[place] = undefined;
    size--;
    if (texts.length > firstSlots && 2 * size < texts.length) compact();
    return true;
  };

  const clear = (): void => {
    texts = [];
    values = [];
    size = 0;
    slots = new Int32Array(2 * firstSlots);
  };

  function* entries(): IterableIterator<readonly [string, Value]> {
    for (const [place, text] of texts.entries()) if (text !== undefined) yield [text, values[place] as Value];
  }

  return {
    get size() {
      return size;
    },
    get: (text) => {
      const place = placeOf(text);
      return place < 0 ? undefined : values[place];
    },
    has: (text) => placeOf(text) >= 0,
    set,
    delete: remove,
    clear,
    entries,
    *values() {
      for (const [, value] of entries()) yield value;
    },
  };
}

/** FNV-1a, and then the upper bits mixed into the lower ones: those name the slot. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
