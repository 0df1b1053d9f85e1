import { describe, expect, test } from '@jest/globals';
import { exampleClasses } from '../../contract/check/index.js';
import { type CheckedFile, checkFormats } from './index.js';

const none = Object.fromEntries(exampleClasses.map((name) => [name, 0])) as CheckedFile['examples'];

const file: CheckedFile = {
  file: 'apis/a, b.yaml',
  readable: true,
  diagnostics: [
    {
      severity: 'warning',
      rule: 'example-repaired',
      message: 'the example is 100% broken:\r\nsee',
      advice: 'mend it',
      place: { file: 'apis/a, b.yaml', line: 3, column: 7 },
      pointer: '/paths/~1a',
    },
    { severity: 'note', rule: 'another', message: 'so', place: { file: '/apis/c.yaml', line: 1, column: 1 } },
  ],
  examples: { ...none, valid: 2, repairable: 1 },
};
const sound: CheckedFile = { file: 'sound.yaml', readable: true, diagnostics: [], examples: none };
const unreadable: CheckedFile = {
  file: 'gone.yaml',
  readable: false,
  diagnostics: [
    { severity: 'error', rule: 'unreadable', message: 'gone', place: { file: 'gone.yaml', line: 1, column: 1 } },
  ],
  examples: none,
};

const plain = { colours: false };

describe('pretty', () => {
  test('has a line for each finding, and one for each document', () => {
    expect(checkFormats.pretty([file], plain).split('\n').slice(-3)).toEqual([
      '/apis/c.yaml:1:1 note so [another]',
      'apis/a, b.yaml: 1 warning, 1 note; 3 examples: 2 valid, 1 repairable',
      '',
    ]);
    expect(checkFormats.pretty([sound], plain)).toBe('sound.yaml: nothing is wrong; no examples\n');
  });

  test('ends, where there are several documents, with a line for all of them', () => {
    expect(checkFormats.pretty([file, sound, unreadable], plain)).toMatch(
      /\ngone\.yaml: 1 error; it could not be read\n3 documents: 1 error, 1 warning, 1 note; 3 examples: 2 valid, 1 repairable\n$/,
    );
  });

  test('is coloured when asked, and is the same text', () => {
    const coloured = checkFormats.pretty([file], { colours: true });
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    expect(coloured).toMatch(escapes);
    expect(coloured.replace(escapes, '')).toBe(checkFormats.pretty([file], plain));
  });
});

describe('json', () => {
  test('has each document with its counts and diagnostics', () => {
    expect(JSON.parse(checkFormats.json([file, unreadable], plain))).toEqual({
      documents: [
        {
          file: 'apis/a, b.yaml',
          readable: true,
          counts: { valid: 2, repairable: 1, 'schema-invalid': 0, unparsable: 0, missing: 0, unresolvable: 0 },
          findings: { error: 0, warning: 1, note: 1 },
          diagnostics: [
            {
              file: 'apis/a, b.yaml',
              line: 3,
              column: 7,
              severity: 'warning',
              rule: 'example-repaired',
              message: 'the example is 100% broken:\r\nsee',
              advice: 'mend it',
              pointer: '/paths/~1a',
            },
            { file: '/apis/c.yaml', line: 1, column: 1, severity: 'note', rule: 'another', message: 'so' },
          ],
        },
        expect.objectContaining({ file: 'gone.yaml', readable: false, findings: { error: 1, warning: 0, note: 0 } }),
      ],
    });
  });
});

describe('github', () => {
  test('escapes what would end a workflow command or one of its properties', () => {
    expect(checkFormats.github([file], plain)).toBe(
      '::warning file=apis/a%2C b.yaml,line=3,col=7,title=example-repaired::the example is 100%25 broken:%0D%0Asee; mend it\n' +
        '::notice file=/apis/c.yaml,line=1,col=1,title=another::so\n',
    );
  });

  test('says nothing where nothing is wrong', () => {
    expect(checkFormats.github([sound], plain)).toBe('');
  });
});

describe('sarif', () => {
  const log = JSON.parse(checkFormats.sarif([file, unreadable], plain));

  test('is a log of version 2.1.0 with one run of standin', () => {
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0].tool.driver).toMatchObject({
      name: 'standin',
      semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  test('describes each rule once, and each result points to its rule', () => {
    const { results, tool } = log.runs[0];
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      'another',
      'example-repaired',
      'unreadable',
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(tool.driver.rules[1]).toMatchObject({
      shortDescription: { text: expect.stringMatching(/\w/) },
      help: { text: 'write it as a value' },
      defaultConfiguration: { level: 'warning' },
    });
  });

  test('has places as URIs and regions', () => {
    const [first, second] = log.runs[0].results;
    expect(first).toMatchObject({
      level: 'warning',
      message: { text: 'the example is 100% broken:\r\nsee; mend it' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'apis/a%2C%20b.yaml' },
            region: { startLine: 3, startColumn: 7 },
          },
          logicalLocations: [{ fullyQualifiedName: '/paths/~1a' }],
        },
      ],
    });
    expect(second.locations[0].physicalLocation.artifactLocation.uri).toBe('file:///apis/c.yaml');
  });

  test('says whether each document could be read', () => {
    expect(log.runs[0].invocations).toMatchObject([{ executionSuccessful: false }]);
    expect(JSON.parse(checkFormats.sarif([sound], plain)).runs[0].invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });
});
