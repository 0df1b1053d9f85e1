import { reportFormats } from '../report/formats/index.js';

/** An option of `standin test`: one thing, and how it is said in a configuration, as a flag and in the environment. */
export interface ConfigurableOption {
  /** In the configuration, below `test`, or at its top. */
  readonly key: string;
  readonly section: 'top' | 'test';
  /** As commander takes it. */
  readonly flags: string;
  readonly env: string;
  readonly description: string;
  /** JSON Schema of its value in a configuration. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** How a text, of a flag or the environment, is read. */
  readonly reads: 'text' | 'number' | 'truth' | 'list' | 'pairs' | 'filter' | 'reports';
}

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const pairs = { type: 'object', additionalProperties: { type: 'string' } } as const;

/** The ways to speak of cases. */
export const filterKeys = {
  operationId: 'operationIds',
  tag: 'tags',
  path: 'paths',
  status: 'statuses',
  kind: 'kinds',
  id: 'ids',
} as const;

const caseKinds = ['documented', 'positive', 'negative', 'auth', 'state', 'protocol', 'workflow'] as const;

const filter = {
  type: 'object',
  additionalProperties: false,
  properties: {
    operationId: texts,
    tag: texts,
    path: { ...texts, description: 'Path templates of the document; * stands for any text.' },
    status: {
      type: 'array',
      items: { type: ['string', 'integer'], pattern: '^(?:[1-5](?:\\d\\d|XX)|default)$', minimum: 100, maximum: 599 },
    },
    kind: { type: 'array', items: { enum: caseKinds } },
    id: texts,
  },
} as const;

const top = 'top' as const;
const test = 'test' as const;

export const configurableOptions: readonly ConfigurableOption[] = [
  {
    key: 'overlays',
    section: top,
    flags: '--overlay <file>',
    env: 'STANDIN_OVERLAYS',
    description: 'apply an OpenAPI Overlay to each document (repeatable)',
    schema: texts,
    reads: 'list',
  },
  {
    key: 'allowOutside',
    section: top,
    flags: '--allow-outside',
    env: 'STANDIN_ALLOW_OUTSIDE',
    description: 'let $refs and externalValues lead out of the folder of the document',
    schema: { type: 'boolean', default: false },
    reads: 'truth',
  },
  {
    key: 'allowRemote',
    section: top,
    flags: '--allow-remote',
    env: 'STANDIN_ALLOW_REMOTE',
    description: 'fetch documents, $refs and externalValues that are http(s) URLs',
    schema: { type: 'boolean', default: false },
    reads: 'truth',
  },
  {
    key: 'against',
    section: test,
    flags: '--against <url>',
    env: 'STANDIN_AGAINST',
    description: 'base URL of the server to test; without, a stand-in in this process',
    schema: { ...text, pattern: '^https?://' },
    reads: 'text',
  },
  {
    key: 'auth',
    section: test,
    flags: '--auth <scheme=value>',
    env: 'STANDIN_AUTH',
    description: 'credential for a security scheme (repeatable); also AUTH_<SCHEME> in the environment',
    schema: pairs,
    reads: 'pairs',
  },
  {
    key: 'authLow',
    section: test,
    flags: '--auth-low <scheme=value>',
    env: 'STANDIN_AUTH_LOW',
    description: 'one that may do little, which proves a 403 (repeatable); also AUTH_<SCHEME>_LOW',
    schema: pairs,
    reads: 'pairs',
  },
  {
    key: 'hooks',
    section: test,
    flags: '--hooks <file>',
    env: 'STANDIN_HOOKS',
    description: 'module with code around the run: tokens, set-up, clean-up',
    schema: text,
    reads: 'text',
  },
  {
    key: 'only',
    section: test,
    flags: '--only <what=value>',
    env: 'STANDIN_ONLY',
    description: `only cases of this ${Object.keys(filterKeys).join(', ')}; a value alone is an operationId (repeatable)`,
    schema: filter,
    reads: 'filter',
  },
  {
    key: 'skip',
    section: test,
    flags: '--skip <what=value>',
    env: 'STANDIN_SKIP',
    description: 'no cases of this, likewise (repeatable)',
    schema: filter,
    reads: 'filter',
  },
  {
    key: 'safe',
    section: test,
    flags: '--safe',
    env: 'STANDIN_SAFE',
    description: 'send safe methods only: GET, HEAD, OPTIONS, TRACE, QUERY',
    schema: { type: 'boolean', default: false },
    reads: 'truth',
  },
  {
    key: 'seed',
    section: test,
    flags: '--seed <text>',
    env: 'STANDIN_SEED',
    description: 'make the values in the requests the same in each run',
    schema: { type: ['string', 'integer'] },
    reads: 'text',
  },
  {
    key: 'budget',
    section: test,
    flags: '--budget <requests>',
    env: 'STANDIN_BUDGET',
    description: 'send no more requests than this',
    schema: { type: 'integer', minimum: 1 },
    reads: 'number',
  },
  {
    key: 'rate',
    section: test,
    flags: '--rate <requests>',
    env: 'STANDIN_RATE',
    description: 'begin no more requests than this in a second',
    schema: { type: 'number', exclusiveMinimum: 0 },
    reads: 'number',
  },
  {
    key: 'concurrency',
    section: test,
    flags: '--concurrency <cases>',
    env: 'STANDIN_CONCURRENCY',
    description: 'run so many cases at the same time (1 by default)',
    schema: { type: 'integer', minimum: 1, maximum: 256, default: 1 },
    reads: 'number',
  },
  {
    key: 'report',
    section: test,
    flags: '--report <format=file>',
    env: 'STANDIN_REPORT',
    description: 'write reports: junit=, html=, json=, har=, ctrf= FILE, or github (commas between, or repeatable)',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.keys(reportFormats).map((name) => [name, name === 'github' ? { type: 'boolean' } : text]),
      ),
    },
    reads: 'reports',
  },
  {
    key: 'baseline',
    section: test,
    flags: '--baseline <file>',
    env: 'STANDIN_BASELINE',
    description: 'findings that are known, and fail nothing',
    schema: text,
    reads: 'text',
  },
  {
    key: 'updateBaseline',
    section: test,
    flags: '--update-baseline',
    env: 'STANDIN_UPDATE_BASELINE',
    description: 'write what is found into the baseline',
    schema: { type: 'boolean', default: false },
    reads: 'truth',
  },
  {
    key: 'failUnder',
    section: test,
    flags: '--fail-under <percent>',
    env: 'STANDIN_FAIL_UNDER',
    description: 'fail where less than this much of the documented statuses is proved',
    schema: { type: 'number', minimum: 0, maximum: 100 },
    reads: 'number',
  },
];
