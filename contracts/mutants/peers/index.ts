import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isObject } from '../../../server/documents/index.js';
import { output, type Peer } from './peer.js';

/** What npm offers that tests a service by its OpenAPI document, each as its manual says, with a valid credential. */
export const peers: readonly Peer[] = [
  {
    name: 'Dredd',
    packages: ['dredd@14'],
    run: async ({ folder, file, url, credential }) => {
      const headers = [`Authorization: Bearer ${credential}`, `X-Api-Key: ${credential}`];
      const text = await output(folder, 'dredd/bin/dredd', [
        file,
        url,
        ...headers.flatMap((header) => ['--header', header]),
      ]);
      return [
        ...text.matchAll(/^fail: (?:[A-Z]+ \(\d+\).*|.*)$/gm),
        ...text.matchAll(/^error: API description .*$/gm),
      ].map(([line]) => line.replace(/ duration: .*$/, ''));
    },
  },
  {
    name: 'Portman',
    // It needs tslib, and does not say so.
    packages: ['@apideck/portman@1', 'tslib@2'],
    run: async ({ folder, file, url, credential }) => {
      const tests = ['statusSuccess', 'contentType', 'jsonBody', 'schemaValidation', 'headersPresent'];
      const settings = {
        version: 1,
        globals: { securityOverwrites: { bearer: { token: credential } } },
        tests: {
          contractTests: [
            { openApiOperation: '*::/*', ...Object.fromEntries(tests.map((name) => [name, { enabled: true }])) },
          ],
        },
      };
      writeFileSync(`${folder}/portman.json`, JSON.stringify(settings));
      const text = await output(folder, '@apideck/portman/bin/portman', [
        ...['--local', file, '--baseUrl', url, '--portmanConfigFile', 'portman.json', '--runNewman'],
      ]);
      if (!/newman/i.test(text) || /Cannot find module/.test(text)) return ['it did not run'];
      const [, failed] = /Newman run failed with:\s*(.*)$/s.exec(text) ?? [];
      return (failed ?? '').split(/, (?=\[)/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    },
  },
  {
    name: 'Redocly Respect',
    packages: ['@redocly/cli@2'],
    run: async ({ folder, file, url, credential }) => {
      const [arazzo, report] = ['respect.arazzo.yaml', 'respect.json'];
      await output(folder, '@redocly/cli/bin/cli.js', ['generate-arazzo', file, '--output-file', arazzo]);
      rmSync(`${folder}/${report}`, { force: true });
      const inputs = ['bearerAuth', 'oauth', 'apiKey', 'queryKey', 'basic'].flatMap((name) => [
        '--input',
        `${name}=${credential}`,
      ]);
      await output(folder, '@redocly/cli/bin/cli.js', [
        ...['respect', arazzo, '--server', `openapi=${url}`, ...inputs, '--json-output', report],
      ]);
      try {
        return failedChecks(JSON.parse(readFileSync(`${folder}/${report}`, 'utf8')), '');
      } catch {
        return ['it wrote no report'];
      }
    },
  },
  {
    name: 'jest-openapi',
    packages: ['jest-openapi@0.14', 'expect@30'],
    // It judges answers, and leaves it to its user to ask for them: here the valid requests of our own suite.
    run: async ({ folder, file, url, requests }) => {
      writeFileSync(`${folder}/judge.cjs`, judgeScript);
      writeFileSync(`${folder}/requests.json`, JSON.stringify(requests));
      const text = await output(folder, '../judge.cjs', [file, url]);
      return text.split('\n').filter((line) => line.startsWith('fail: '));
    },
  },
];

function failedChecks(value: unknown, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => failedChecks(one, at));
  if (!isObject(value)) return [];
  const here = typeof value.stepId === 'string' ? value.stepId : at;
  const own = value.passed === false && typeof value.name === 'string' ? [`${here}: ${value.name}`] : [];
  return [...own, ...Object.values(value).flatMap((member) => failedChecks(member, here))];
}

const judgeScript = `
const { expect } = require('expect');
globalThis.expect = expect;
const jestOpenAPI = require('jest-openapi').default;
const [file, url] = process.argv.slice(2);
const say = (text) => console.log('fail: ' + text.split('\\n')[0]);
(async () => {
  try { jestOpenAPI(file); } catch (error) { return say(error.message); }
  for (const { method, path, headers, body } of require('./requests.json')) {
    try {
      const answer = await fetch(url + path, { method, headers, body, redirect: 'manual' });
      const text = await answer.text();
      let json = text;
      try { json = JSON.parse(text); } catch {}
      const res = { status: answer.status, headers: Object.fromEntries(answer.headers), body: json, text, req: { method, path: path.split('?')[0] } };
      try { expect(res).toSatisfyApiSpec(); } catch (error) { say(method + ' ' + path.replace(/[0-9a-f-]{36}|\\d+/g, '*') + ' ' + answer.status); }
    } catch (error) { say(method + ' ' + path.replace(/[0-9a-f-]{36}|\\d+/g, '*') + ' no answer'); }
  }
})();
`;
