import { isObject } from '../../server/documents/index.js';

/** The value with another in place of what is at the keys; `undefined` removes a member. Nothing given is changed. */
export function withValueAt(root: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((member, index) => (String(index) === key ? withValueAt(member, rest, value) : member));
  const members = isObject(root) ? root : {};
  const made = withValueAt(members[key], rest, value);
  if (made !== undefined) return { ...members, [key]: made };
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== key));
}
