import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';

const securitySchemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  login: { type: 'http', scheme: 'Bearer' },
  oauth: { type: 'oauth2', flows: {} },
  same: { $ref: '#/components/securitySchemes/key' },
};

function compileSecurity(security: unknown, ofDocument: unknown = undefined) {
  const contract = compileDocument({
    components: { securitySchemes },
    ...(ofDocument !== undefined && { security: ofDocument }),
    paths: { '/a': { get: { ...(security !== undefined && { security }), responses: {} } } },
  });
  return { alternatives: contract.operations[0]?.security, diagnostics: contract.diagnostics };
}

test('each requirement is an alternative, and its schemes are needed together', () => {
  expect(compileSecurity([{ key: [], login: [] }, { oauth: ['read'] }]).alternatives).toEqual([
    {
      schemes: [
        { name: 'key', type: 'apiKey', in: 'header', parameterName: 'X-Key', scopes: [] },
        { name: 'login', type: 'http', scheme: 'bearer', scopes: [] },
      ],
    },
    { schemes: [{ name: 'oauth', type: 'oauth2', scopes: ['read'] }] },
  ]);
});

test.each([
  ['that of the document counts where the operation has none', undefined, [{ key: [] }], ['key']],
  ['that of the operation replaces that of the document', [{ login: [] }], [{ key: [] }], ['login']],
  ['an empty list lets anybody call', [], [{ key: [] }], []],
  [
    'a requirement may name a scheme by its place',
    [{ '#/components/securitySchemes/login': [] }],
    [],
    ['#/components/securitySchemes/login'],
  ],
  ['a reference to a scheme is followed', [{ same: [] }], [], ['same']],
])('security: %s', (_what, security, ofDocument, names) => {
  const { alternatives = [] } = compileSecurity(security, ofDocument);
  expect(alternatives.flatMap(({ schemes }) => schemes.map(({ name }) => name))).toEqual(names);
});

test('an empty requirement is an alternative without schemes', () => {
  expect(compileSecurity([{ key: [] }, {}]).alternatives).toMatchObject([{}, { schemes: [] }]);
});

test('a scheme that is not documented is a warning with its place', () => {
  expect(compileSecurity([{ nobody: [] }]).diagnostics).toMatchObject([
    { severity: 'warning', rule: 'unknown-security-scheme', pointer: '/paths/~1a/get/security' },
  ]);
});
