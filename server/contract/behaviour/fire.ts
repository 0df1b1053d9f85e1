import { isObject } from '../../documents/index.js';
import type { EventName } from './event.js';
import { parseMessageTemplate, type Template } from './template.js';

/** A webhook that follows a reply (`x-standin-fires`). */
export interface Fire {
  /** Where it is declared. */
  readonly pointer: string;
  readonly webhook: string;
  /** Key of the response that declares it, and whose replies it follows; absent where the operation does. */
  readonly response?: string;
  /** Any of them; none: after each reply of the response, or of the operation where it is no error. */
  readonly when: readonly FireCondition[];
  /** What is sent; without, the webhook's example. */
  readonly body?: Template;
}

export type FireCondition =
  /** Of the reply: `201`, or `2XX`. */
  { readonly status: string } | { readonly event: EventName };

/**
 * `x-standin-fires`: one webhook, or a list of them.
 *
 * @throws Error where a body has an expression that can't be read.
 */
export function parseFires(value: unknown, pointer: string): Fire[] {
  if (Array.isArray(value)) return value.flatMap((member, index) => parseFires(member, `${pointer}/${index}`));
  if (!isObject(value)) return [];
  const { webhook, when, body } = value;
  return [
    {
      pointer,
      webhook: webhook as string,
      when: (when === undefined ? [] : [when].flat()).map(parseCondition),
      ...(body !== undefined && { body: parseMessageTemplate(body) }),
    },
  ];
}

function parseCondition(value: unknown): FireCondition {
  const text = String(value);
  return /^\d/.test(text) ? { status: text.toUpperCase() } : { event: text as EventName };
}
