/** A line of a JSON text, and the value that begins on it. */
export interface JsonLine {
  readonly pointer: string;
  readonly text: string;
}

/** A value as `JSON.stringify` indents it, each line with its JSON Pointer (RFC 6901). */
export function jsonLines(value: unknown): JsonLine[] {
  return write(value, '', 0, '', '');
}

function write(value: unknown, pointer: string, depth: number, before: string, after: string): JsonLine[] {
  const indent = '  '.repeat(depth);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = membersOf(value);
  if (!members) return [{ pointer, text: `${indent}${before}${JSON.stringify(value) ?? 'null'}${after}` }];
  if (members.length === 0) return [{ pointer, text: `${indent}${before}${open}${close}${after}` }];
  return [
    { pointer, text: `${indent}${before}${open}` },
    ...members.flatMap(([name, member], index) =>
      write(
        member,
        `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`,
        depth + 1,
        typeof name === 'string' ? `${JSON.stringify(name)}: ` : '',
        index === members.length - 1 ? '' : ',',
      ),
    ),
    { pointer, text: `${indent}${close}${after}` },
  ];
}

function membersOf(value: unknown): (readonly [string | number, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((member, index) => [index, member] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

/** The line that a violation is about: that of its value or, where that is missing, of the nearest one around it. */
export function lineOf(lines: readonly JsonLine[], pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.findIndex((one) => one.pointer === at);
    if (line !== -1 || at === '') return line;
  }
}
