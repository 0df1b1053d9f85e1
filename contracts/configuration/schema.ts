import { type ConfigurableOption, configurableOptions } from './options.js';

const of = (section: ConfigurableOption['section']) =>
  Object.fromEntries(
    configurableOptions
      .filter((option) => option.section === section)
      .map(({ key, schema, description, flags, env }) => [
        key,
        { description: `${description}. Flag ${flags}, environment ${env}.`, ...schema },
      ]),
  );

/** JSON Schema 2020-12 of `standin.config.*`; the build writes it to `dist/standin.config.schema.json`. */
export const configurationSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:standin:config',
  title: 'Configuration of standin',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    documents: {
      description:
        'OpenAPI documents, folders of them, globs. Arguments of the command, environment STANDIN_DOCUMENTS.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
    },
    ...of('top'),
    test: {
      description: 'Of `standin test`.',
      type: 'object',
      additionalProperties: false,
      properties: of('test'),
    },
  },
} as const;
