// Puts the modules of the command line together, in place of what tsc has made of them: to open two hundred files takes longer than to
// run what is in them. Packages stay where they are, and the library keeps its modules, one a file.
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = 'dist/server/cli';
for (const name of readdirSync(folder)) if (name.startsWith('chunk-')) rmSync(join(folder, name));

await build({
  entryPoints: {
    main: 'server/cli/main.ts',
    worker: 'server/cli/worker.ts',
    'check-thread': 'server/control/resources/check-thread.ts',
  },
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

// What the inspector knows of the control API is what its document says: the schemas, as types.
const { controlTypes } = await import('./dist/server/control/control-types.js');
writeFileSync('inspector/control/types.ts', controlTypes());

// The inspector: its modules, and what of the others it uses, as one; nothing in it is fetched from anywhere else.
const pages = 'dist/inspector';
rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
for (const name of ['index.html', 'icon.svg']) copyFileSync(`inspector/${name}`, `${pages}/${name}`);
await build({
  entryPoints: { inspector: 'inspector/main.tsx' },
  outdir: pages,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome120', 'firefox121', 'safari17.2'],
  tsconfig: 'inspector/tsconfig.json',
  legalComments: 'inline',
  logLevel: 'warning',
  plugins: [{ name: 'only what is used', setup: leaveOutUnused }],
});
await build({ entryPoints: ['inspector/inspector.css'], outdir: pages, minify: true, logLevel: 'warning' });

/** The page takes functions from modules that have others which need Node: those have no part in it. */
function leaveOutUnused({ onResolve, resolve }) {
  onResolve({ filter: /^\.\.?\// }, async ({ path, importer, resolveDir, kind, pluginData }) => {
    if (pluginData === leaveOutUnused || kind !== 'import-statement') return undefined;
    const resolved = await resolve(path, { importer, resolveDir, kind, pluginData: leaveOutUnused });
    return { ...resolved, sideEffects: false };
  });
  const ours = /^(?:preact|eventsource-parser)(?:\/|$)/;
  onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || ours.test(path) ? undefined : { path, external: true, sideEffects: false },
  );
}
