import type { Shape } from '../shape.js';
import type { OuterKey } from './collection.js';
import { bare } from './item-form.js';
import { pathParameters, singularOf } from './path-pair.js';

/** The properties of an item that have the values of path parameters before it: `teamId` and `team` below `/teams/{id}`, `org` below `/{org}`. */
export function outerKeys(path: string, shape: Shape, key: readonly string[]): readonly OuterKey[] {
  return pathParameters(path).flatMap((parameter, index) => {
    const before = path.slice(0, path.indexOf(`{${parameter}}`)).replace(/\/$/, '');
    const thing = bare(singularOf(before));
    const own = bare(parameter);
    const names = new Set([...(own === 'id' ? [] : [own]), ...(thing === '' ? [] : [`${thing}id`])]);
    return [...shape.properties()].flatMap(([name, property]): OuterKey[] => {
      const types = property.types();
      const isNumber = types.includes('integer') || types.includes('number');
      const isText = types.includes('string') || types.length === 0;
      const isOwnKey = key.length === 1 && key[0] === name;
      return names.has(bare(name)) && !isOwnKey && (isNumber || isText)
        ? [{ name, index, isNumber: isNumber && !isText }]
        : [];
    });
  });
}
