// Puts the modules of the command line together, in place of what tsc has made of them: to open two hundred files takes longer than to
// run what is in them. So with the packages that each start needs; the others stay where they are, and the library keeps its modules,
// one a file.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = 'dist/server/cli';
for (const name of readdirSync(folder)) if (/^(?:chunk-|program\.cjs)/.test(name)) rmSync(join(folder, name));

/** Small, and needed at each start; chokidar, since it is a module, which scripts can't require everywhere. */
const taken = [
  'chokidar',
  'commander',
  'content-type',
  'fastest-levenshtein',
  'js-yaml',
  'jsonpath-rfc9535',
  'negotiator',
  'pure-rand',
];

const common = {
  outdir: folder,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  metafile: true,
  logLevel: 'warning',
  plugins: [{ name: 'packages', setup: leaveOutOthers }],
};
const ofThreads = await build({
  ...common,
  entryPoints: { worker: 'server/cli/worker.ts', 'check-thread': 'server/control/resources/check-thread.ts' },
  splitting: true,
  chunkNames: 'chunk-[hash]',
  format: 'esm',
  // Packages in CommonJS ask for what Node has by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
// As one script, of which is kept what V8 makes of it (see compiled-script.ts): that is not to be had of modules.
const ofProgram = await build({
  ...common,
  entryPoints: { program: 'server/cli/program.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
  // Packages are required, and what imports modules of the user's is given to it.
  supported: { 'dynamic-import': false },
  plugins: [...common.plugins, { name: 'importUrl', setup: takeWhatIsGiven }],
});
const strayLine = readFileSync(join(folder, 'program.cjs'), 'utf8')
  .split('\n')
  .find((line) => /[\u0080-\uffff]/.test(line.replace(/^ *(?:\/\/|\*).*/, '')));
if (strayLine) throw new Error(`program.cjs is to be in ASCII, and has: ${strayLine.trim()}`);
await build({ ...common, entryPoints: { main: 'server/cli/main.ts' }, format: 'esm', external: ['./program.js'] });
writeFileSync(join(folder, 'LICENSES.txt'), licensesOf([ofThreads, ofProgram]));
// What the builder has set for a mock of theirs is not for this one.
const { PATH, SystemRoot, TMPDIR, TEMP } = process.env;
execFileSync(process.execPath, ['precompile.js', join(folder, 'program.cjs')], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }), ...(TMPDIR && { TMPDIR }), ...(TEMP && { TEMP }) },
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

/** Of packages only those that are taken, and what they need themselves. */
function leaveOutOthers({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
    const isTaken = taken.includes(path.split('/')[0]) || importer.includes('node_modules');
    return kind === 'entry-point' || (isTaken && !path.startsWith('node:')) ? undefined : { path, external: true };
  });
}

function takeWhatIsGiven({ onLoad }) {
  onLoad({ filter: /\bserver\/import-url\.ts$/ }, () => ({
    contents: 'const given = importUrl; export { given as importUrl };',
  }));
}

/** What the licences of the packages ask for: that they come along. */
function licensesOf(builds) {
  const packages = new Set(
    builds
      .flatMap(({ metafile }) => Object.keys(metafile.inputs))
      .flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...packages]
    .sort()
    .map((path) => {
      const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
      const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
      if (!file) throw new Error(`${name} has no licence file that could come along`);
      return `${name} ${version} (${license})\n\n${readFileSync(join(path, file), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

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
