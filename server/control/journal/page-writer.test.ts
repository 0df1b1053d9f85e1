import { expect, test } from '@jest/globals';
import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { createMemoryStore } from '../../state/index.js';
import { createBlocks } from './block.js';
import type { JournalEntry } from './entry.js';
import { createPageWriter } from './page-writer.js';

const contracts: readonly Contract[] = [];
const unchanging = Object.freeze({ 'content-type': 'text/plain' });

function exchange(number: number, body: string, more: Partial<Exchange['reply']> = {}): Exchange {
  return {
    session: '',
    store: createMemoryStore(),
    startMs: number,
    durationMs: number / 8,
    method: 'POST',
    url: `/things/${number}?q=é`,
    headers: { host: 'localhost', 'x-number': String(number), 'set-cookie': ['a=1', 'b=2'] },
    body: { kind: 'bytes', bytes: Buffer.from(body) },
    reply: { status: 200, headers: unchanging, body: Buffer.from(`<${body}>`), reason: 'example', ...more },
  };
}

const entriesOf = (exchanges: readonly Exchange[]) => {
  const writer = createPageWriter(contracts, createBlocks());
  exchanges.forEach(writer.add);
  return writer.page().read() as JournalEntry[];
};

test('what was copied together is told apart again', () => {
  const [first, second, third] = entriesOf([
    exchange(1, 'one'),
    exchange(2, '', { headers: { location: '/things/2', link: ['<a>', '<b>'] }, body: Buffer.alloc(0), status: 201 }),
    exchange(3, 'three', { status: 400, reason: 'refused' as never, problem: 'request-invalid' }),
  ]);
  expect(first).toMatchObject({ timeMs: 1, durationMs: 0.125, url: '/things/1?q=é', status: 200 });
  expect(first?.details).toMatchObject({
    requestHeaders: { host: 'localhost', 'x-number': '1', 'set-cookie': ['a=[redacted]', 'b=[redacted]'].join() },
    requestBody: { octets: 'one', size: 3, isWhole: true },
    responseHeaders: unchanging,
    responseBody: { octets: '<one>', size: 5, isWhole: true },
  });
  expect(second).toMatchObject({ url: '/things/2?q=é', status: 201 });
  expect(second?.details).toMatchObject({ responseHeaders: { location: '/things/2', link: ['<a>', '<b>'] } });
  expect(second?.details?.requestBody).toBeUndefined();
  expect(second?.details?.responseBody).toEqual({ octets: '', size: 0, isWhole: true });
  expect(third).toMatchObject({ timeMs: 3, status: 400, problem: 'request-invalid' });
  expect(third?.details?.responseBody?.octets).toBe('<three>');
});

test('a header that is called like what every object has is a header', () => {
  const [entry] = entriesOf([{ ...exchange(1, ''), headers: { constructor: 'a', host: 'b' } as never }]);
  expect(entry?.details?.requestHeaders).toEqual({ constructor: 'a', host: 'b' });
});

test('without their details entries are what they were', () => {
  const writer = createPageWriter(contracts, createBlocks());
  writer.add(exchange(1, 'one'));
  const page = writer.page();
  page.dropDetails();
  expect(page.read()).toEqual([expect.objectContaining({ timeMs: 1, url: '/things/1?q=é', status: 200 })]);
  expect(page.read()).toEqual([expect.not.objectContaining({ details: expect.anything() })]);
});

test('of a long body the start is kept, and how long it was', () => {
  const long = 'x'.repeat(300_000);
  const [first, second] = entriesOf([exchange(1, long), exchange(2, 'short')]);
  expect(first?.details?.requestBody).toEqual({ octets: long.slice(0, 65_536), size: 300_000, isWhole: false });
  expect(first?.details?.responseBody).toMatchObject({ size: 300_002, isWhole: false });
  expect(second?.details?.requestBody).toEqual({ octets: 'short', size: 5, isWhole: true });
});

test('a body that a parser has read is kept as the JSON it was read to', () => {
  const [entry] = entriesOf([{ ...exchange(1, ''), body: { kind: 'parsed', value: { name: 'Zoë' } } }]);
  expect(Buffer.from(entry?.details?.requestBody?.octets ?? '', 'latin1').toString()).toBe('{"name":"Zoë"}');
});

test('blocks are used again only when what is in them is not needed any more', () => {
  const blocks = createBlocks();
  const store = createMemoryStore();
  const pad = 'y'.repeat(700);
  let writer = createPageWriter(contracts, blocks);
  for (let number = 1; number <= 12_000; number++) {
    writer.add(exchange(number, `${number}${pad}`));
    if (number % 1_000 === 0) store.recorded(number - 500, 10);
    if (!writer.isFull()) continue;
    store.record(writer.page());
    writer = createPageWriter(contracts, blocks);
  }
  store.record(writer.page());
  const recorded = store.recorded(0, 20_000) as { number: number; entry: JournalEntry }[];
  expect(recorded).toHaveLength(10_000);
  for (const { number, entry } of recorded) {
    expect(entry.timeMs).toBe(number);
    expect(entry.details?.requestBody?.octets).toBe(`${number}${pad}`);
  }
});
