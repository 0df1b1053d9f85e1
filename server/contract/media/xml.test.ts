import { expect, test } from '@jest/globals';
import { compileMediaType, readContent } from '../../testing/content.js';

const string = { type: 'string' };
const integer = { type: 'integer' };
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** From the tables of OpenAPI 3.1.1 §4.8.26 and 3.2 §4.26. */
const table: [what: string, schema: object, value: unknown, xml: string][] = [
  [
    'properties are elements',
    { properties: { id: integer, name: string } },
    { id: 1, name: 'a' },
    '<Thing><id>1</id><name>a</name></Thing>',
  ],
  [
    'a name of their own',
    { properties: { name: { ...string, xml: { name: 'n' } } } },
    { name: 'a' },
    '<Thing><n>a</n></Thing>',
  ],
  [
    'attributes',
    { properties: { id: { ...integer, xml: { attribute: true } }, name: string } },
    { id: 7, name: 'a' },
    '<Thing id="7"><name>a</name></Thing>',
  ],
  [
    'prefix and namespace',
    { properties: { id: { ...integer, xml: { prefix: 'p', namespace: 'urn:x' } } } },
    { id: 1 },
    '<Thing><p:id xmlns:p="urn:x">1</p:id></Thing>',
  ],
  [
    'lists without a wrapper',
    { properties: { tags: { type: 'array', items: string } } },
    { tags: ['a', 'b'] },
    '<Thing><tags>a</tags><tags>b</tags></Thing>',
  ],
  [
    'items with a name',
    { properties: { tags: { type: 'array', items: { ...string, xml: { name: 'tag' } } } } },
    { tags: ['a'] },
    '<Thing><tag>a</tag></Thing>',
  ],
  [
    'a list whose name does not count, as it is not wrapped',
    { properties: { tags: { type: 'array', xml: { name: 'aliens' }, items: { ...string, xml: { name: 'tag' } } } } },
    { tags: ['a'] },
    '<Thing><tag>a</tag></Thing>',
  ],
  [
    'a wrapped list',
    { properties: { tags: { type: 'array', xml: { wrapped: true }, items: string } } },
    { tags: ['a', 'b'] },
    '<Thing><tags><tags>a</tags><tags>b</tags></tags></Thing>',
  ],
  [
    'a wrapped list with names',
    {
      properties: {
        tags: { type: 'array', xml: { wrapped: true, name: 'aliens' }, items: { ...string, xml: { name: 'tag' } } },
      },
    },
    { tags: ['a'] },
    '<Thing><aliens><tag>a</tag></aliens></Thing>',
  ],
  [
    'a wrapped list whose name is that of its items too',
    { properties: { tags: { type: 'array', xml: { wrapped: true, name: 'aliens' }, items: string } } },
    { tags: ['a'] },
    '<Thing><aliens><aliens>a</aliens></aliens></Thing>',
  ],
  [
    'a list of objects',
    { type: 'array', items: { properties: { a: integer }, xml: { name: 'it' } } },
    [{ a: 1 }, { a: 2 }],
    '<Thing><it><a>1</a></it><it><a>2</a></it></Thing>',
  ],
  [
    'text beside attributes (3.2)',
    {
      properties: {
        lang: { ...string, xml: { nodeType: 'attribute' } },
        text: { ...string, xml: { nodeType: 'text' } },
      },
    },
    { lang: 'en', text: 'Hi' },
    '<Thing lang="en">Hi</Thing>',
  ],
  [
    'a CDATA section (3.2)',
    { properties: { html: { ...string, xml: { nodeType: 'cdata' } } } },
    { html: '<b>&]]></b>' },
    '<Thing><![CDATA[<b>&]]]]><![CDATA[></b>]]></Thing>',
  ],
  [
    'a list wrapped by its nodeType (3.2)',
    {
      properties: { tags: { type: 'array', xml: { nodeType: 'element' }, items: { ...string, xml: { name: 'tag' } } } },
    },
    { tags: ['a'] },
    '<Thing><tags><tag>a</tag></tags></Thing>',
  ],
  [
    'what is missing',
    { properties: { a: { type: ['string', 'null'] }, b: string } },
    { a: null },
    '<Thing><a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></Thing>',
  ],
  ['text that has to be escaped', { properties: { a: string } }, { a: '<&">' }, '<Thing><a>&lt;&amp;"&gt;</a></Thing>'],
];

const ofThing = (schema: object) =>
  compileMediaType(
    'application/xml',
    { schema: { $ref: '#/components/schemas/Thing' } },
    { components: { schemas: { Thing: schema } } },
  );

test.each(table)('%s are written and read', async (_what, schema, value, xml) => {
  const { request, response } = ofThing({ type: 'object', ...schema });
  expect(response.codec.write(value).toString()).toBe(`${declaration}${xml}\n`);
  expect(await readContent(request, xml, 'application/xml')).toEqual({ kind: 'value', value, violations: [] });
});

test('a root namespace holds for the elements in it', async () => {
  const schema = { type: 'object', xml: { name: 'r', namespace: 'urn:x' }, properties: { a: integer } };
  const { response } = ofThing(schema);
  expect(response.codec.write({ a: 1 }).toString()).toBe(`${declaration}<r xmlns="urn:x"><a>1</a></r>\n`);
});

test('members that are not documented keep their names, and come as lists where there are several', async () => {
  const { request } = ofThing({ type: 'object' });
  expect(await readContent(request, '<x a="1"><b>2</b><c/><c>3</c></x>', 'text/xml')).toMatchObject({
    value: { a: '1', b: '2', c: ['', '3'] },
  });
});

test('another root than the documented one is malformed', async () => {
  const { request } = ofThing({ type: 'object', xml: { name: 'thing' } });
  expect(await readContent(request, '<other/>', 'text/xml')).toMatchObject({ kind: 'malformed' });
});

const billion = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x><name>&b;</name></x>`;
test.each([
  ['broken XML', '<x>'],
  ['no XML', 'name=1'],
  ['an entity that is not XML’s', '<x>&nbsp;</x>'],
  ['entities of its own', billion],
  ['a document type declaration', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'],
  ['bottomless nesting', '<a>'.repeat(5000) + '</a>'.repeat(5000)],
  ['two roots', '<a/><b/>'],
])('%s is malformed', async (_what, xml) => {
  const { request } = ofThing({ type: 'object', properties: { name: string } });
  expect(await readContent(request, xml, 'application/xml')).toMatchObject({
    kind: 'malformed',
    violations: [{ keyword: 'syntax' }],
  });
});

test('names of prototypes are names', async () => {
  const { request } = ofThing({ type: 'object' });
  const reading = await readContent(request, '<x><__proto__><polluted>1</polluted></__proto__></x>', 'text/xml');
  expect(reading).toMatchObject({ kind: 'value' });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('the encoding is that of the header, else the one declared', async () => {
  const { request } = ofThing({ type: 'object', properties: { a: string } });
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><x><a>\u00e4</a></x>';
  const latin = Buffer.from(text, 'latin1');
  expect(await readContent(request, latin, 'text/xml')).toMatchObject({ value: { a: '\u00e4' } });
  expect(
    await readContent(request, Buffer.from('<x><a>\u00e4</a></x>', 'utf16le'), 'text/xml; charset=utf-16'),
  ).toMatchObject({
    value: { a: '\u00e4' },
  });
});
