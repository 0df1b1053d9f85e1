import { events } from './event.js';
import { effects } from './resource.js';

const pointer = { type: 'string', pattern: '^(/([^~]|~[01])*)*$', description: 'a JSON Pointer, such as /id' };
const name = { type: 'string', minLength: 1 };

const criterion = {
  type: 'object',
  required: ['condition'],
  additionalProperties: false,
  properties: {
    condition: { type: 'string', minLength: 1 },
    context: { type: 'string', pattern: '^\\$' },
    type: {
      anyOf: [
        { enum: ['simple', 'regex', 'jsonpath'] },
        {
          type: 'object',
          required: ['type', 'version'],
          properties: { type: { const: 'jsonpath' }, version: { type: 'string' } },
        },
      ],
    },
  },
};

const narrowed = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    event: { enum: events },
    pointer,
    keyword: name,
    criteria: { type: 'array', minItems: 1, items: criterion },
  },
};

const alternative = {
  if: { type: 'string' },
  then: { enum: events },
  else: { type: 'object', if: { required: ['condition'] }, then: criterion, else: narrowed },
};

const fireCondition = {
  if: { type: 'string', pattern: '^[a-z]+\\.' },
  then: { enum: events },
  else: {
    type: ['integer', 'string'],
    minimum: 100,
    maximum: 599,
    pattern: '^[1-5](\\d\\d|[Xx][Xx])$',
    description: 'a status such as 201 or 2XX',
  },
};

const fire = {
  type: 'object',
  required: ['webhook'],
  additionalProperties: false,
  properties: {
    webhook: name,
    when: {
      if: { type: 'array' },
      then: { type: 'array', minItems: 1, items: fireCondition },
      else: fireCondition,
    },
    body: {},
  },
};

/** The JSON Schema (2020-12) of each extension. */
export const extensionSchemas = {
  'x-standin-when': {
    if: { type: 'array' },
    then: { type: 'array', minItems: 1, items: alternative },
    else: alternative,
  },
  'x-standin-value': {},
  'x-standin-fires': { if: { type: 'array' }, then: { type: 'array', minItems: 1, items: fire }, else: fire },
  'x-standin-limit': {
    type: 'object',
    required: ['requests', 'seconds'],
    additionalProperties: false,
    properties: { requests: { type: 'integer', minimum: 1 }, seconds: { type: 'number', exclusiveMinimum: 0 } },
  },
  'x-standin-resource': {
    if: { type: 'boolean' },
    then: { const: false },
    else: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name,
        effect: { enum: effects },
        parameter: name,
        key: pointer,
        generate: {
          if: { type: 'string' },
          then: { enum: ['uuid', 'increment', 'ulid'] },
          else: {
            type: 'object',
            required: ['ulid'],
            additionalProperties: false,
            properties: {
              ulid: { type: 'object', additionalProperties: false, properties: { prefix: { type: 'string' } } },
            },
          },
        },
        scope: { type: 'array', items: name },
        unique: {
          type: 'array',
          items: {
            type: 'object',
            required: ['pointer'],
            additionalProperties: false,
            properties: {
              pointer,
              by: { type: 'array', items: pointer },
              ignoreCase: { type: 'boolean' },
              example: name,
            },
          },
        },
        parent: {
          type: 'object',
          required: ['name', 'parameter'],
          additionalProperties: false,
          properties: { name, parameter: name, key: pointer, seed: { type: 'array', items: { type: 'object' } } },
        },
        seed: { type: 'array', items: { type: 'object' } },
      },
    },
  },
} as const;

export type ExtensionName = keyof typeof extensionSchemas;
