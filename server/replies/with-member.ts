import { isObject, withProperty } from '../documents/index.js';

type Keys = readonly string[];

/** A value with a member at a place in it, the value itself is left alone; objects on the way are made where there are none. */
export function withMember(value: unknown, [name, ...rest]: Keys, member: unknown): unknown {
  if (name === undefined) return member;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? withMember(item, rest, member) : item));
  const base = isObject(value) ? value : {};
  const inner = Object.hasOwn(base, name) ? base[name] : undefined;
  return withProperty(base, name, withMember(inner, rest, member));
}

/** A value without a member of an object in it; of an item of a list, without the list. */
export function withoutMember(value: unknown, keys: Keys): unknown {
  const [name, ...rest] = keys;
  if (name === undefined) return value;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? withoutMember(item, rest) : item));
  if (!isObject(value)) return value;
  const inner = value[name];
  if (rest.length > 0 && !(Array.isArray(inner) && rest.length === 1))
    return withProperty(value, name, withoutMember(inner, rest));
  const { [name]: _, ...others } = value;
  return others;
}
