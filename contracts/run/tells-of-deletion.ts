import { isObject } from '../../server/documents/index.js';
import { type Answer, jsonIn } from './answer.js';

const deleted =
  /^(?:is_?)?(?:deleted|removed|archived|trashed|destroyed|discarded|terminated)(?:_?(?:at|on|date|time|by))?$/i;
const state = /^(?:status|state|lifecycle_?state)$/i;

/** Whether a success shows something as deleted, in a member of its body or of an object in that: many services keep what they delete. */
export function tellsOfDeletion(answer: Answer): boolean {
  return answer.status < 300 && tells(jsonIn(answer), 1);
}

function tells(value: unknown, depth: number): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, member]) =>
      (deleted.test(name) && isSet(member)) ||
      (state.test(name) && typeof member === 'string' && deleted.test(member)) ||
      (depth > 0 && tells(member, depth - 1)),
  );
}

const isSet = (member: unknown) =>
  member !== null && member !== false && member !== '' && member !== 0 && member !== 'false';
