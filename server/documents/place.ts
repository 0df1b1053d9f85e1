/** Where something stands in a file. `line` and `column` count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column`, the form that terminals and editors make a link of. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}
