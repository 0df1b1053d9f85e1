import { expect, test } from '@jest/globals';
import { createQueue, type QueueOptions } from './queue.js';

/** A task that ends when told to. */
function pending() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let isBegun = false;
  const task = () => {
    isBegun = true;
    return ended;
  };
  return { task, end: () => end(), isBegun: () => isBegun };
}
const options: QueueOptions = { openMax: 1, waitingMax: 1, patienceMs: 10, now: () => 0 };
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a task waits for those before it, and for no other receiver’s', async () => {
  const queue = createQueue(options);
  const [first, second, other] = [pending(), pending(), pending()];
  const done = Promise.all([queue('a', first.task), queue('a', second.task), queue('b', other.task)]);
  await settled();
  expect([first, second, other].map(({ isBegun }) => isBegun())).toEqual([true, false, true]);
  first.end();
  await settled();
  expect(second.isBegun()).toBe(true);
  second.end();
  other.end();
  await done;
});

test('what would have too many before it is refused, and leaves room for others later', async () => {
  const queue = createQueue(options);
  const first = pending();
  const done = [queue('a', first.task), queue('a', async () => 2)];
  await expect(queue('a', async () => 3)).rejects.toThrow('1 others wait for this receiver already');
  first.end();
  await Promise.all(done);
  expect(await queue('a', async () => 4)).toBe(4);
});

test('what has waited too long is not run, nor does it hold up what comes after it', async () => {
  let time = 0;
  const queue = createQueue({ ...options, now: () => time });
  const [first, late] = [pending(), pending()];
  const done = queue('a', first.task);
  const waited = queue('a', late.task);
  time = 11;
  first.end();
  await expect(waited).rejects.toThrow('took more than 10 ms');
  await done;
  expect(late.isBegun()).toBe(false);
  expect(await queue('a', async () => 'run')).toBe('run');
});

test('a task that fails makes way like any', async () => {
  const queue = createQueue(options);
  const fails = queue('a', async () => {
    throw new Error('no');
  });
  const next = queue('a', async () => 'run');
  await expect(fails).rejects.toThrow('no');
  expect(await next).toBe('run');
});
