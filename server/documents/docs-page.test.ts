import { expect, test } from '@jest/globals';
import { readDocsPage } from './docs-page.js';
import { parseSource } from './source.js';

const fence = '````';
const page = (...lines: string[]) => lines.join('\n');

test.each([
  [
    'yaml https://example.com/openapi.yaml POST /users/{id}',
    { format: 'yaml', origin: 'https://example.com/openapi.yaml', method: 'POST', path: '/users/{id}' },
  ],
  ['json get /', { format: 'json', method: 'GET', path: '/' }],
  ['yaml\tspec.yaml   PUT   /a  ', { format: 'yaml', origin: 'spec.yaml', method: 'PUT', path: '/a' }],
])('the info string %j says what the block is', (info, expected) => {
  expect(readDocsPage('a.md', page('# Title', `${fence}${info}`, '{}', fence))).toMatchObject(expected);
});

test('the text is what stands between the fences, and places in it are those of the page', () => {
  const read = readDocsPage(
    'a.md',
    page('# Title', '', `  ${fence}yaml GET /a`, '  openapi: 3.1.0', '  x:', `  ${fence}`),
  );
  expect(read.text).toBe('openapi: 3.1.0\nx:');
  expect(parseSource(read).locate(['x'])).toEqual({ file: 'a.md', line: 5, column: 3 });
});

test('lines may end in CR LF, and a block of three backticks inside is text', () => {
  const read = readDocsPage(
    'a.md',
    page(`${fence}yaml GET /a`, 'a: |', '  ```json', '  {}', '  ```', fence).replaceAll('\n', '\r\n'),
  );
  expect(parseSource(read).value).toEqual({ a: '```json\n{}\n```\n' });
});

test.each([
  ['no block', page('# Title', '```yaml GET /a', '```'), 'a.md:1:1 error this page has no OpenAPI document'],
  ['a block without a path', page(`${fence}yaml GET`, fence), 'a.md:1:1 error this page has no OpenAPI document'],
  ['an open block', page('# Title', `${fence}yaml GET /a`, 'a: 1'), 'a.md:2:1 error this block is never closed'],
  [
    'two blocks',
    page(`${fence}yaml GET /a`, fence, '', `${fence}yaml GET /b`, fence),
    'a.md:4:1 error this page has a second OpenAPI document; the first is in line 1',
  ],
])('a page with %s is an error with its place', (_what, text, message) => {
  expect(() => readDocsPage('a.md', text)).toThrow(message);
});
