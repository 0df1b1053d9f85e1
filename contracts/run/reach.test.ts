import { expect, test } from '@jest/globals';
import { createReach } from './reach.js';

const refused = () => Object.assign(new Error('ECONNREFUSED: Connection refused'), { code: 'ECONNREFUSED' });

test('a server that is back soon is asked again, and nothing is lost', async () => {
  const { reach, lost } = createReach(undefined);
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked < 3) throw refused();
    return 'answered';
  };
  await expect(reach('http://there', ask)).resolves.toBe('answered');
  expect(lost()).toBeUndefined();
});

test('what was sent and not answered is not sent again', async () => {
  const { reach, lost } = createReach(undefined);
  let asked = 0;
  const ask = async () => {
    asked += 1;
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  };
  await expect(reach('http://there', ask)).rejects.toThrow('socket hang up');
  expect([asked, lost()]).toEqual([1, undefined]);
});

test('nobody is waited for once the run is stopped, and nobody is asked after that', async () => {
  const { reach, lost } = createReach(AbortSignal.abort());
  await expect(reach('http://there', () => Promise.reject(refused()))).rejects.toThrow(/nobody answers any more/);
  expect(lost()?.message).toBe('nobody answers any more at http://there (ECONNREFUSED)');
  await expect(reach('http://there', async () => 'answered')).rejects.toThrow(/nobody answers any more/);
});
