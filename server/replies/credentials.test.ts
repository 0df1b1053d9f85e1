import { expect, test } from '@jest/globals';
import type { SecurityScheme } from '../contract/index.js';
import { requestOf } from '../testing/client.js';
import { challenges, checkCredentials, cookiesOf } from './credentials.js';

const scheme = (type: SecurityScheme['type'], more: Partial<SecurityScheme> = {}): SecurityScheme => ({
  name: type,
  type,
  scopes: [],
  ...more,
});
const inHeader = scheme('apiKey', { in: 'header', parameterName: 'X-API-Key' });
const inQuery = scheme('apiKey', { in: 'query', parameterName: 'key' });
const inCookie = scheme('apiKey', { in: 'cookie', parameterName: 'sid' });
const bearer = scheme('http', { scheme: 'bearer' });
const basic = scheme('http', { scheme: 'basic' });
const digest = scheme('http', { scheme: 'digest' });
const oauth2 = scheme('oauth2');
const openIdConnect = scheme('openIdConnect');
const mutualTLS = scheme('mutualTLS');

/** Each list is an alternative; its schemes are needed together. */
const check = (alternatives: SecurityScheme[][], headers: Record<string, string> = {}, query = '') =>
  checkCredentials(
    alternatives.map((schemes) => ({ schemes })),
    requestOf({ headers, query }),
  );
const authorization = (text: string) => ({ authorization: text });
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  { of: inHeader, headers: {}, query: '', kind: 'missing' },
  { of: inHeader, headers: { 'x-api-key': ' ' }, query: '', kind: 'missing' },
  { of: inHeader, headers: { 'x-api-key': 'k' }, query: '', kind: 'accepted' },
  { of: inHeader, headers: { 'x-api-key': 'invalid' }, query: '', kind: 'invalid' },
  { of: inHeader, headers: { 'x-api-key': 'forbidden' }, query: '', kind: 'forbidden' },
  { of: inQuery, headers: {}, query: 'key=', kind: 'missing' },
  { of: inQuery, headers: {}, query: 'a=1&key=k', kind: 'accepted' },
  { of: inQuery, headers: {}, query: 'key=a&key=b', kind: 'invalid' },
  { of: inQuery, headers: {}, query: 'key=inv%61lid', kind: 'invalid' },
  { of: inCookie, headers: { cookie: 'other=1' }, query: '', kind: 'missing' },
  { of: inCookie, headers: { cookie: 'other=1; sid="k"' }, query: '', kind: 'accepted' },
  { of: inCookie, headers: { cookie: 'sid=forbidden' }, query: '', kind: 'forbidden' },
])('an API key ($of.in) is $kind with $headers?$query', ({ of, headers, query, kind }) => {
  expect(check([[of]], headers, query).kind).toBe(kind);
});

test.each([
  { of: bearer, header: '', kind: 'missing' },
  { of: bearer, header: 'Bearer', kind: 'missing' },
  { of: bearer, header: 'bearer abc.def-1_~+/==', kind: 'accepted' },
  { of: bearer, header: 'Bearer a b', kind: 'invalid' },
  { of: bearer, header: 'Bearer {token}', kind: 'invalid' },
  { of: bearer, header: 'Basic YTpi', kind: 'invalid' },
  { of: bearer, header: 'abc', kind: 'invalid' },
  { of: bearer, header: 'Bearer invalid', kind: 'invalid' },
  { of: bearer, header: 'Bearer forbidden', kind: 'forbidden' },
  { of: basic, header: `Basic ${base64('ada:secret')}`, kind: 'accepted' },
  { of: basic, header: `Basic ${base64('ada')}`, kind: 'invalid' },
  { of: basic, header: `Basic ${base64('invalid:x')}`, kind: 'invalid' },
  { of: basic, header: `Basic ${base64('ada:invalid')}`, kind: 'invalid' },
  { of: basic, header: `Basic ${base64('forbidden:')}`, kind: 'forbidden' },
  { of: basic, header: 'Bearer abc', kind: 'invalid' },
  { of: digest, header: 'Digest username="ada", realm="x"', kind: 'accepted' },
  { of: oauth2, header: 'Bearer abc', kind: 'accepted' },
  { of: oauth2, header: 'Bearer invalid', kind: 'invalid' },
  { of: openIdConnect, header: 'Bearer forbidden', kind: 'forbidden' },
])('Authorization: $header is $kind for $of.type $of.scheme', ({ of, header, kind }) => {
  expect(check([[of]], authorization(header)).kind).toBe(kind);
});

test('nothing is asked for where nothing is required, where nothing is an alternative, or where TLS sees to it', () => {
  expect(check([])).toEqual({ kind: 'accepted' });
  expect(check([[bearer], []])).toEqual({ kind: 'accepted' });
  expect(check([[mutualTLS]]).kind).toBe('accepted');
});

test('any of the alternatives is enough', () => {
  expect(check([[bearer], [inQuery]], {}, 'key=k')).toEqual({ kind: 'accepted', credential: 'k' });
  expect(check([[bearer], [inQuery]], authorization('Bearer invalid'), 'key=k').kind).toBe('accepted');
});

test('all schemes of an alternative are needed', () => {
  expect(check([[bearer, inQuery]], {}, 'key=k').kind).toBe('missing');
  expect(check([[bearer, inQuery]], authorization('Bearer t'), 'key=k')).toMatchObject({ credential: 't\nk' });
  expect(check([[bearer, inQuery]], authorization('Bearer forbidden'), 'key=invalid').kind).toBe('invalid');
  expect(check([[bearer, inQuery]], authorization('Bearer forbidden'), 'key=k').kind).toBe('forbidden');
});

test('where no alternative passes, the one that came closest speaks', () => {
  expect(check([[inHeader], [bearer]], authorization('Bearer invalid'))).toMatchObject({
    kind: 'invalid',
    detail: expect.stringContaining('`invalid`'),
  });
  expect(check([[bearer], [inQuery]], authorization('Bearer invalid'), 'key=forbidden').kind).toBe('forbidden');
});

test('a missing credential is told where to be sent', () => {
  expect(check([[inQuery]])).toMatchObject({ detail: 'send an API key as the query parameter key' });
  expect(check([[basic]])).toMatchObject({ detail: 'send `Authorization: Basic …`' });
});

test('each scheme gives one challenge, with the realm fit for a header', () => {
  const requirements = [
    { schemes: [bearer, inHeader] },
    { schemes: [oauth2] },
    { schemes: [basic, digest, mutualTLS] },
  ];
  expect(challenges(requirements, 'The "Café"')).toEqual([
    'Bearer realm="The Caf?"',
    'ApiKey realm="The Caf?", in="header", name="X-API-Key"',
    'Basic realm="The Caf?", charset="UTF-8"',
    'digest realm="The Caf?"',
  ]);
});

test('the name of an API key in a challenge is fit for a header too', () => {
  const key = scheme('apiKey', { in: 'query', parameterName: 'clé"' });
  expect(challenges([{ schemes: [key] }], 'x')).toEqual(['ApiKey realm="x", in="query", name="cl?"']);
});

test('cookies are pairs, with or without quotes, and what has no name is none', () => {
  expect(cookiesOf('a=1; b="2=3" ;=4;; c')).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: '2=3' },
    { name: 'c', value: '' },
  ]);
});
