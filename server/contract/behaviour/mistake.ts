import { toPointer } from '../../documents/index.js';

/** Something wrong in an extension, and where in it. */
export class Mistake extends Error {
  /** JSON Pointer from the extension on. */
  readonly pointer: string;

  constructor(message: string, pointer: string) {
    super(message);
    this.name = 'Mistake';
    this.pointer = pointer;
  }
}

/** Reads a member of an extension; what is wrong with it is told with the place of the member. */
export function inMember<T>(name: string | number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message, pointer = '' } = error as Partial<Mistake>;
    throw new Mistake(message ?? String(error), `${toPointer([String(name)])}${pointer}`);
  }
}
