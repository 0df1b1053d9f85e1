/** How many entries are in a block at most. */
export const entriesMax = 256;

/** Octets in a block that has not grown. */
const blockBytes = 256 * 1024;

/** The numbers of an entry, in their order; `…End` is where in the octets that part ends, each begins where the one before ends. */
export const columns = {
  timeMs: 0,
  durationMs: 1,
  /** Where the URL and the headers of the request begin. */
  start: 2,
  headEnd: 3,
  requestBodyEnd: 4,
  responseHeadersEnd: 5,
  responseBodyEnd: 6,
  /** As they came, though only the start may be kept; -1: there was no body. */
  requestBodySize: 7,
  responseBodySize: 8,
} as const;
export const columnCount = 9;

/** Where entries of a journal are kept until somebody reads them: outside of what the garbage collector goes through. */
export interface Block {
  readonly octets: Buffer;
  /** As many as `columnCount` of each entry. */
  readonly numbers: Float64Array;
}

/** Blocks that are used again and again: memory that was never touched is slow to begin with. */
export interface Blocks {
  readonly take: () => Block;
  readonly giveBack: (block: Block) => void;
}

const idleMax = 8;

export function createBlocks(): Blocks {
  const idle: Block[] = [];
  return {
    take: () =>
      idle.pop() ?? {
        octets: Buffer.allocUnsafeSlow(blockBytes),
        numbers: new Float64Array(entriesMax * columnCount),
      },
    giveBack: (block) => {
      if (block.octets.length === blockBytes && idle.length < idleMax) idle.push(block);
    },
  };
}

/** With room for so many octets after the first `used`. */
export function withRoom(block: Block, used: number, more: number): Block {
  if (used + more <= block.octets.length) return block;
  const octets = Buffer.allocUnsafeSlow(Math.max(2 * block.octets.length, used + more));
  block.octets.copy(octets, 0, 0, used);
  return { ...block, octets };
}

/** Whether the next entry may well be too much for it. */
export const isFull = ({ octets }: Block, used: number) => used > (3 / 4) * octets.length;

/** Whether so little of it is used that it is better copied, and used again. */
export const isSpacious = ({ octets }: Block, used: number) => used < octets.length / 4;

export function trimmed({ octets, numbers }: Block, used: number, entries: number): Block {
  const copy = Buffer.allocUnsafeSlow(used);
  octets.copy(copy, 0, 0, used);
  return { octets: copy, numbers: numbers.slice(0, entries * columnCount) };
}
