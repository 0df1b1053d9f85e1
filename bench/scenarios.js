/** What is asked of each peer. `bytes` is what the bare server answers. */
export const scenarios = [
  {
    name: 'A documented example, asked for by Prefer (permutive, 401)',
    document: 'specs/permutive/openapi.yaml',
    method: 'POST',
    path: '/users',
    headers: { 'x-api-key': 'bench', prefer: 'code=401' },
    status: 401,
    bytes: 237,
  },
  {
    name: 'A body validated and answered (joyfill, 200)',
    document: 'specs/joyfill/openapi.yaml',
    method: 'POST',
    path: '/users',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('bench:bench').toString('base64')}`,
    },
    body: '{"identifier":"bench","group":"bench","issueAccessToken":false}',
    status: 200,
    bytes: 50,
  },
];
