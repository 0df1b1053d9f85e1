/**
 * An object with one more property, or another value of one; the object itself is left alone.
 *
 * To spread it and name the property behind takes V8 eight times as long: what was spread has no room for more. Neither way may
 * take an own `__proto__`, which JSON may have, for the prototype.
 */
export function withProperty(
  object: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  if (name === '__proto__' || Object.hasOwn(object, '__proto__')) return { ...object, [name]: value };
  const made: Record<string, unknown> = Object.assign({}, object);
  made[name] = value;
  return made;
}
