import { isObject } from '../../documents/index.js';
import type { Operation } from '../contract.js';
import type { Shape } from '../shape.js';
import { canBeKey } from './key-property.js';

/**
 * The property that the documented `Location` of a new item ends with (RFC 9110 §10.2.2): by its name, as in `/things/{code}`,
 * or by its value in the documented example.
 */
export function locatedKey(creates: readonly Operation[], shapes: readonly Shape[]): string | undefined {
  const responses = creates.flatMap((operation) => operation.responses.filter(({ status }) => status === '201'));
  for (const { headers, content } of responses) {
    const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value();
    // A generated text is no location.
    const segment = typeof location === 'string' && location.includes('/') ? lastSegment(location) : undefined;
    if (segment === undefined) continue;
    const [, named] = /^\{([^{}]+)\}$/.exec(segment) ?? [];
    const shown = content
      .flatMap((mediaType) => mediaType.examples())
      .filter(({ origin }) => origin === 'documented')
      .flatMap(({ value }) => (isObject(value) ? [value, ...Object.values(value).filter(isObject)] : []));
    for (const shape of shapes) {
      for (const [name, property] of shape.properties()) {
        const isIt = name === named || shown.some((value) => isText(value[name]) && String(value[name]) === segment);
        if (isIt && canBeKey(property)) return name;
      }
    }
  }
  return undefined;
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';

function lastSegment(location: string): string | undefined {
  const last = location
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
    .split('/')
    .at(-1);
  try {
    return last === undefined || last === '' ? undefined : decodeURIComponent(last);
  } catch {
    return last;
  }
}
