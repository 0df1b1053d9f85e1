import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extensionSchemas } from './extension-schemas.js';

// A step of the build: the schemas of the extensions as files, for editors and other tools.
const folder = fileURLToPath(new URL('../../../schemas/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(extensionSchemas)) {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const described = { $schema, $id: `urn:standin:schema:${name}`, title: name, ...schema };
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(described, undefined, 2)}\n`);
}
