import type { Entry } from '../control/types.js';

/** How a reply was chosen, in words. */
export function reasonOf({ reason, example, problem, verdict, response: { status } }: Entry): string {
  const from = example === undefined ? '' : `, from the example "${example}"`;
  switch (reason) {
    case 'forced':
      return `forced by the control API${from}`;
    case 'preference':
      return `the client asked for it${from}`;
    case 'condition':
      return `a condition held${problem === undefined ? '' : ` (${problem})`}${from}`;
    case 'state':
      return `from what is remembered${from}`;
    case 'example':
      return example === undefined ? 'the documented example' : `the example "${example}"`;
    case 'generated':
      return 'made up from the schema: there is no example';
    case 'problem':
      return `standin's own problem${problem === undefined ? '' : `, ${problem}`}: the document has no ${status} that fits${verdict === 'undocumented' ? ', and no such operation' : ''}`;
    default:
      return reason;
  }
}
