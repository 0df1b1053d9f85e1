import type { Chance, RequestMediaType } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';

/** A valid body with as many of its optional properties as it can have, so that each can be broken, or left out. */
export function withAllProperties(mediaType: RequestMediaType, body: unknown, chance: Chance): unknown {
  const { validator, sample, withoutReadOnly } = mediaType;
  if (!validator.check(withoutReadOnly(body))) return body;
  const isValid = (value: unknown) => validator.check(withoutReadOnly(value));
  return extended(body, withoutReadOnly(sample('documented', chance)), isValid);
}

function extended(value: unknown, more: unknown, isValid: (value: unknown) => boolean): unknown {
  if (Array.isArray(value) && Array.isArray(more) && value.length > 0)
    return value.with(
      0,
      extended(value[0], more[0], (item) => isValid(value.with(0, item))),
    );
  if (!isObject(value) || !isObject(more)) return value;
  const made: Record<string, unknown> = { ...value };
  for (const [name, member] of Object.entries(more)) {
    const has = Object.hasOwn(made, name);
    const next = has ? extended(made[name], member, (one) => isValid({ ...made, [name]: one })) : member;
    if (has || isValid({ ...made, [name]: next })) made[name] = next;
  }
  return made;
}
