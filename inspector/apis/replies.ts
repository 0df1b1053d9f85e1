import type { Operation } from '../control/types.js';

/** A reply that can be asked for. */
export interface ReplyChoice {
  /** As the document has it: `404`, `4XX`, `default`. */
  readonly status: string;
  readonly example?: string;
  readonly label: string;
}

/** Each documented status, and each example of it that has a name. */
export function replyChoices({ responses }: Operation): ReplyChoice[] {
  return responses.flatMap(({ status, content }) => {
    const names = new Set(content.flatMap(({ examples }) => examples.flatMap(({ name }) => name ?? [])));
    return [
      { status, label: status },
      ...Array.from(names, (example) => ({ status, example, label: `${status} ${example}` })),
    ];
  });
}

/** A status that a response stands for: that of `4XX` is 400, that of `default` 500, unless it is documented otherwise. */
export function statusFor(status: string): number {
  if (status === 'default') return 500;
  return Number(status.replace(/x/gi, '0'));
}

/** The preference that leads to a reply (RFC 7240). */
export function preferFor({ status, example }: ReplyChoice): string {
  return [`code=${statusFor(status)}`, ...(example === undefined ? [] : [`example=${quoted(example)}`])].join(', ');
}

const quoted = (text: string) => (/^[\w!#$%&'*+.^`|~-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`);
