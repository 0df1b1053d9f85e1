import { expect, test } from '@jest/globals';
import { createChance, type SecurityScheme } from '../contract/index.js';
import { requestOf } from '../testing/client.js';
import { challenges } from './challenges.js';
import { cookiesOf } from './cookies.js';
import { checkCredentials } from './credentials.js';

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
const digestOf = (user: string, response: string) =>
  `Digest username="${user}", realm="x, y", nonce="n", uri="/a?b=1", qop=auth, nc=00000001, response="${response}"`;
const token = scheme('http', { scheme: 'token' });
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
  { of: digest, header: digestOf('ada', '0a1b'), kind: 'accepted' },
  { of: digest, header: digestOf('invalid', '0a1b'), kind: 'invalid' },
  { of: digest, header: digestOf('ada', 'forbidden'), kind: 'forbidden' },
  { of: digest, header: 'Digest username="ada", realm="x"', kind: 'invalid' },
  { of: digest, header: 'Basic YTpi', kind: 'invalid' },
  { of: token, header: 'Token abc', kind: 'accepted' },
  { of: token, header: 'token invalid', kind: 'invalid' },
  { of: token, header: 'Bearer abc', kind: 'invalid' },
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
  expect(check([[bearer, inQuery]], authorization('Bearer t'), 'key=k')).toMatchObject({ credential: 'k\nt' });
  expect(check([[bearer, inQuery]], authorization('Bearer forbidden'), 'key=invalid').kind).toBe('invalid');
  expect(check([[bearer, inQuery]], authorization('Bearer forbidden'), 'key=k').kind).toBe('forbidden');
});

test('an invalid credential speaks before a missing one, whichever scheme comes first', () => {
  const invalid = authorization('Bearer invalid');
  expect(check([[bearer, inQuery]], invalid)).toEqual(check([[inQuery, bearer]], invalid));
  expect(check([[inQuery, bearer]], invalid).kind).toBe('invalid');
  expect(check([[bearer, inQuery]], {}, 'key=invalid').kind).toBe('invalid');
});

test('what TLS sees to is no credential, beside others', () => {
  expect(check([[mutualTLS, bearer]], authorization('Bearer t'))).toEqual({ kind: 'accepted', credential: 't' });
  expect(check([[mutualTLS, bearer]]).kind).toBe('missing');
});

test('schemes that share the Authorization header are satisfied by one credential', () => {
  expect(check([[bearer, oauth2]], authorization('Bearer t'))).toEqual({ kind: 'accepted', credential: 't' });
  expect(check([[basic, bearer]], authorization('Bearer t')).kind).toBe('accepted');
  expect(check([[basic, bearer]])).toMatchObject({
    detail: 'send `Authorization: Basic …` or `Authorization: Bearer …`',
  });
});

test('of several alternatives the one that was tried speaks, not one of another scheme', () => {
  expect(check([[basic], [bearer]], authorization('Bearer invalid'))).toMatchObject({
    detail: expect.stringContaining('`invalid`'),
  });
});

test('an API key may be an Authorization header of whatever form', () => {
  const key = scheme('apiKey', { in: 'header', parameterName: 'Authorization' });
  expect(check([[key]], authorization('Token token=abc'))).toMatchObject({ credential: 'Token token=abc' });
  expect(check([[key]], authorization('Bearer invalid')).kind).toBe('invalid');
  expect(check([[key]], authorization('forbidden')).kind).toBe('forbidden');
});

const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

test.each([
  { claims: { scope: 'read write' }, kind: 'accepted' },
  { claims: { scope: 'read' }, kind: 'forbidden' },
  { claims: { scp: ['read', 'write'] }, kind: 'accepted' },
  { claims: { scopes: [] }, kind: 'forbidden' },
  { claims: { sub: 'ada' }, kind: 'accepted' },
  { claims: null, kind: 'accepted' },
])('a token that claims $claims is $kind where read and write are needed', ({ claims, kind }) => {
  const needed = scheme('oauth2', { scopes: ['read', 'write'] });
  expect(check([[needed]], authorization(`Bearer ${jwt(claims)}`)).kind).toBe(kind);
});

test('a token that claims too little is told what it lacks', () => {
  const needed = scheme('openIdConnect', { scopes: ['read', 'write'] });
  expect(check([[needed]], authorization(`Bearer ${jwt({ scope: 'read' })}`))).toMatchObject({
    detail: 'the token lacks the scope write',
  });
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
    { schemes: [scheme('oauth2', { scopes: ['a', 'b'] }), scheme('http', { scheme: 'hoba' }), token] },
  ];
  expect(challenges(requirements, 'The "Café"', createChance('a'))).toEqual([
    'Bearer realm="The Caf?"',
    'ApiKey realm="The Caf?", in="header", name="X-API-Key"',
    'Basic realm="The Caf?", charset="UTF-8"',
    expect.stringMatching(/^Digest realm="The Caf\?", qop="auth", algorithm=SHA-256, nonce="\w+"$/),
    'Bearer realm="The Caf?", scope="a b"',
    'HOBA realm="The Caf?"',
    'Token realm="The Caf?"',
  ]);
});

test('the name of an API key in a challenge is fit for a header too', () => {
  const key = scheme('apiKey', { in: 'query', parameterName: 'clé"' });
  expect(challenges([{ schemes: [key] }], 'x', createChance('a'))).toEqual([
    'ApiKey realm="x", in="query", name="cl?"',
  ]);
});

test('cookies are pairs, with or without quotes, and what has no name is none', () => {
  expect(cookiesOf('a=1; b="2=3" ;=4;; c')).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: '2=3' },
    { name: 'c', value: '' },
  ]);
});
