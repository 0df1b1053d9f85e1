import { expect, test } from '@jest/globals';
import { requestOf } from '../testing/client.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { negotiate } from './negotiate.js';

function chosen(accept: string | undefined, ...offered: string[]) {
  const content = Object.fromEntries(offered.map((mediaType) => [mediaType, {}]));
  const [response] = compileOperationObject({ responses: { 200: { description: '', content } } }).responses;
  if (!response) throw new Error('no response');
  return negotiate(response, requestOf(accept === undefined ? {} : { headers: { accept } }));
}

const accepted = (accept: string | undefined, ...offered: string[]) => chosen(accept, ...offered)?.mediaType;
const sentAs = (accept: string | undefined, ...offered: string[]) => chosen(accept, ...offered)?.contentType;

const json = 'application/json';
const xml = 'application/xml';
const problem = 'application/problem+json';

test.each([
  { accept: undefined, offered: [json, xml], chosen: json },
  { accept: '*/*', offered: [xml, json], chosen: xml },
  { accept: xml, offered: [json, xml], chosen: xml },
  { accept: 'application/xml;q=0.5, application/json', offered: [xml, json], chosen: json },
  { accept: 'application/xml;q=0.5, */*;q=0.1', offered: [json, xml], chosen: xml },
  { accept: 'application/*', offered: ['text/plain', xml], chosen: xml },
  { accept: 'application/json;q=0, */*', offered: [json, xml], chosen: xml },
  { accept: 'application/json;q=0, */*', offered: [json], chosen: undefined },
  { accept: 'text/html', offered: [json], chosen: undefined },
  { accept: 'text/html, application/json;q=0', offered: [problem], chosen: undefined },
  { accept: json, offered: [xml, problem], chosen: problem },
  { accept: 'text/html, application/json; charset=utf-8', offered: [json], chosen: json },
  { accept: problem, offered: [json], chosen: undefined },
  { accept: 'application/*', offered: ['*/*'], chosen: '*/*' },
  { accept: '', offered: [json], chosen: json },
  { accept: ' , ', offered: [json], chosen: json },
  { accept: 'json', offered: [xml, json], chosen: xml },
  { accept: 'nonsense, application/json', offered: [xml, json], chosen: json },
  { accept: '*', offered: [xml, json], chosen: xml },
  { accept: 'application/json;q=none', offered: [xml, json], chosen: json },
  { accept: 'APPLICATION/XML; Q=1', offered: [json, xml], chosen: xml },
  { accept: 'application/json;version=2', offered: [json], chosen: json },
  { accept: 'application/json;profile="a,b"', offered: [xml, json], chosen: json },
  { accept: 'application/*+json', offered: [xml, problem], chosen: problem },
  { accept: 'application/*+json', offered: [json], chosen: json },
  {
    accept: 'application/*+xml;q=0.5, application/json;q=0.1',
    offered: [json, 'application/soap+xml'],
    chosen: 'application/soap+xml',
  },
  { accept: 'application/*+xml', offered: [json], chosen: undefined },
  { accept: 'application/*+json, application/problem+json;q=0', offered: [problem], chosen: undefined },
  { accept: 'application/*+json;q=0', offered: [problem], chosen: undefined },
  { accept: 'application/*+json', offered: ['*/*'], chosen: '*/*' },
  { accept: 'text/html', offered: ['text/*'], chosen: 'text/*' },
])('a client that accepts $accept gets $chosen of $offered', ({ accept, offered, chosen }) => {
  expect(accepted(accept, ...offered)).toBe(chosen);
});

test.each([
  ['*/*', json],
  ['application/*', json],
  ['text/*', 'text/plain'],
  ['image/*', 'image/png'],
  ['multipart/*', expect.stringMatching(/^multipart\/form-data; boundary=/)],
  [xml, xml],
  ['application/json;charset=UTF-8', 'application/json;charset=UTF-8'],
  ['application/json;stream=watch', 'application/json;stream=watch'],
])('%s is sent as %s', (documented, sent) => {
  expect(sentAs(undefined, documented)).toEqual(sent);
});

test.each([
  { accept: 'image/jpeg', offered: ['image/*'], sent: 'image/jpeg' },
  { accept: 'image/webp, image/*;q=0.5', offered: ['image/*'], sent: 'image/webp' },
  { accept: 'text/csv', offered: ['*/*'], sent: 'text/csv' },
  { accept: 'text/html, application/xml;q=0.9, */*;q=0.8', offered: ['*/*'], sent: json },
  { accept: 'image/jpeg', offered: ['text/*'], sent: undefined },
])('a documented range is sent as what $accept asks for: $sent', ({ accept, offered, sent }) => {
  expect(sentAs(accept, ...offered)).toBe(sent);
});

const versions = ['application/json; version=1', 'application/json; version=2'];
test.each([
  { accept: 'application/json;version=2', sent: versions[1] },
  { accept: 'application/json; version=2; charset=utf-8', sent: versions[1] },
  { accept: 'application/json', sent: versions[0] },
  { accept: 'application/json;version=1;q=0.5, application/json;version=2', sent: versions[1] },
  { accept: 'application/json;version=3', sent: undefined },
])('parameters set media types apart: $accept gets $sent', ({ accept, sent }) => {
  // As a last resort, a client of any JSON takes a documented kind of it; a version that is none is no such client.
  expect(sentAs(accept, ...versions)).toBe(sent);
});
