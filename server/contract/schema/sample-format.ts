import type { Chance } from '../chance.js';
import { timeByName } from './sample-time.js';

/** Texts of a format of JSON Schema or the OpenAPI format registry, the likeliest first, then shorter ones; `undefined` for others. */
export function stringsOfFormat(format: string, chance: Chance, name: string): string[] | undefined {
  return Object.hasOwn(formats, format) ? formats[format]?.(chance, name) : undefined;
}

type Format = (chance: Chance, name: string) => string[];

const count = (chance: Chance) => chance.integer(1, 999_999);
const hosted = (chance: Chance, name: string) => {
  const kind = name.toLowerCase();
  const file = /image|photo|picture|avatar|icon|logo|thumb/.test(kind) ? '.png' : '';
  return [`https://example.com/${count(chance)}${file}`, 'http://a.co', 'a:b'];
};
const mail: Format = (chance) => [`user${count(chance)}@example.com`, 'ada@example.com', 'a@b.co'];
const instant = (chance: Chance, name: string) => new Date(timeByName(name, chance.now()));
const digits = (chance: Chance, length: number) => Array.from({ length }, () => chance.integer(0, 9)).join('');

const formats: Readonly<Record<string, Format>> = {
  uuid: (chance) => [chance.uuid()],
  guid: (chance) => [chance.uuid()],
  uuid4: (chance) => [chance.uuid()],
  ulid: (chance) => [chance.ulid().toUpperCase()],
  'date-time': (chance, name) => {
    const text = instant(chance, name).toISOString();
    return [text, text.replace(/\.\d+/, ''), text.replace(/\.\d+Z/, '+00:00'), text.replace(/\.(\d+)Z/, '.$1000Z')];
  },
  datetime: (chance, name) => [instant(chance, name).toISOString()],
  'date-time-local': (chance, name) => [instant(chance, name).toISOString().slice(0, 19)],
  'http-date': (chance, name) => [instant(chance, name).toUTCString()],
  date: (chance, name) => [instant(chance, name).toISOString().slice(0, 10)],
  time: (chance, name) => {
    const text = instant(chance, name).toISOString().slice(11);
    return [text, text.replace(/\.\d+/, ''), text.replace(/\.\d+Z/, '+00:00')];
  },
  'time-local': (chance, name) => [instant(chance, name).toISOString().slice(11, 19)],
  'partial-time': (chance, name) => [instant(chance, name).toISOString().slice(11, 19)],
  duration: () => ['P1D'],
  email: mail,
  'idn-email': mail,
  uri: hosted,
  url: hosted,
  iri: hosted,
  'uri-reference': (chance, name) => [`/${count(chance)}`, ...hosted(chance, name), '/', ''],
  'iri-reference': (chance, name) => [`/${count(chance)}`, ...hosted(chance, name), '/', ''],
  'uri-template': () => ['/things/{id}', '/{id}', '{a}', ''],
  hostname: () => ['example.com', 'a.co', 'a'],
  'idn-hostname': () => ['example.com', 'a.co', 'a'],
  ipv4: (chance) => [`192.0.2.${chance.integer(1, 254)}`, '10.0.0.1'],
  ipv6: (chance) => [`2001:db8::${chance.integer(1, 0xffff).toString(16)}`, '::1'],
  ip: (chance) => [`192.0.2.${chance.integer(1, 254)}`],
  cidr: () => ['192.0.2.0/24'],
  mac: (chance) => [Array.from({ length: 6 }, () => chance.integer(0, 255).toString(16).padStart(2, '0')).join(':')],
  byte: () => ['c3RhbmRpbg==', 'c3Rh', ''],
  base64: () => ['c3RhbmRpbg==', 'c3Rh'],
  base64url: () => ['c3RhbmRpbg', 'c3Rh'],
  binary: () => ['standin', ''],
  password: () => ['correct horse battery staple', 'Passw0rd!', 's3cr3t', ''],
  'json-pointer': () => ['/a', ''],
  'relative-json-pointer': () => ['0', '0/a'],
  'json-pointer-uri-fragment': () => ['#/a', '#'],
  'uri-fragment': () => ['#a'],
  regex: () => ['^.*$', '.', ''],
  char: (chance) => [String.fromCharCode(chance.integer(97, 122))],
  decimal: (chance) => [`${chance.integer(1, 999)}.${digits(chance, 2)}`, '1.5', '1'],
  decimal128: (chance) => [`${chance.integer(1, 999)}.${digits(chance, 2)}`, '1.5', '1'],
  int32: (chance) => [String(count(chance)), '1'],
  int64: (chance) => [String(count(chance)), '1'],
  float: () => ['1.5', '1'],
  double: () => ['1.5', '1'],
  commonmark: () => ['Some *text*.', 'Text', ''],
  html: () => ['<p>Some text</p>', '<p/>', ''],
  'media-range': () => ['application/json', 'a/b'],
  'sf-string': () => ['"text"', '""'],
  'sf-token': () => ['token', 'a'],
  'sf-integer': () => ['1'],
  'sf-decimal': () => ['1.5'],
  'sf-boolean': () => ['?1'],
  'sf-binary': () => [':c3RhbmRpbg==:', '::'],
  'iso-date-time': (chance, name) => [instant(chance, name).toISOString()],
  'iso-time': (chance, name) => [instant(chance, name).toISOString().slice(11)],
  'iso-8601': (chance, name) => [instant(chance, name).toISOString()],
  country: () => ['NL'],
  currency: () => ['EUR'],
  phone: () => ['+31201234567'],
  timezone: () => ['Europe/Amsterdam', 'UTC'],
  semver: () => ['1.2.3'],
  slug: (chance) => [`thing-${count(chance)}`, 'thing', 'a'],
  color: () => ['#3366cc'],
};
