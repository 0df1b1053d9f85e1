// Puts the modules of the command line together, in place of what tsc has made of them: to open two hundred files takes longer than to
// run what is in them. Packages stay where they are, and the library keeps its modules, one a file.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = 'dist/server/cli';
for (const name of readdirSync(folder)) if (name.startsWith('chunk-')) rmSync(join(folder, name));

await build({
  entryPoints: ['server/cli/main.ts', 'server/cli/worker.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});

const { configurationSchema } = await import('./dist/contracts/configuration/schema.js');
writeFileSync('dist/standin.config.schema.json', `${JSON.stringify(configurationSchema, undefined, 2)}\n`);
