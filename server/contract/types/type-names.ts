import { fromPointer } from '../../documents/index.js';

/** Names of types: each is given once. */
export interface TypeNames {
  /** A name made of what something is called: `user-list` becomes `UserList`, or `UserList2` where that is taken. */
  readonly take: (called: string) => string;
}

export function createTypeNames(reserved: Iterable<string>): TypeNames {
  const taken = new Set(reserved);
  return {
    take: (called) => {
      const base = toTypeName(called);
      let name = base;
      for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
      taken.add(name);
      return name;
    },
  };
}

function toTypeName(called: string): string {
  const joined = called
    .split(/[^\p{ID_Continue}]+/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(/^_*(.)/u, (_, first: string) => first.toUpperCase()))
    .join('');
  return /^\p{ID_Start}/u.test(joined) ? joined : `Type${joined}`;
}

const structural = new Set([
  'schema',
  'schemas',
  'items',
  'properties',
  'content',
  'paths',
  'components',
  'x-standin-files',
]);

/** What a schema is called that is referred to: by its key, or by those around it. */
export function calledAt(pointer: string): string {
  const keys = fromPointer(pointer).filter((key) => !structural.has(key) && !/^\d+$/.test(key));
  const last = keys.at(-1) ?? 'Schema';
  const ofMember = last.includes('/') || /^(?:allOf|oneOf|anyOf|additionalProperties|default)$/.test(last);
  const called = ofMember ? keys.slice(-3).join(' ') : last;
  return called.replace(/\.(?:ya?ml|json)$/i, '');
}
