import { expect, test } from '@jest/globals';
import { lazy } from './lazy.js';

test('a lazy value is made once, even where it is undefined', () => {
  let made = 0;
  const value = lazy(() => {
    made++;
    return undefined;
  });
  expect(made).toBe(0);
  value();
  value();
  expect(made).toBe(1);
});
