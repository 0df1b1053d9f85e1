// Runs the commands of the Dockerfile in order, each stage in an empty folder of its own, and then what its image would
// run: for machines that have no container engine. Paths in the image become paths below the stage's folder.
//   node .ci/dockerfile.js
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';

const context = resolve(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'standin-image-'));
const port = '4019';
const stages = new Map();
let stage;

try {
  for (const [instruction, rest] of instructions(readFileSync(join(context, 'Dockerfile'), 'utf8')))
    perform(instruction, rest);
  await startAndCheck(stage);
  console.log('the image starts, is healthy, and stops with 0');
} finally {
  rmSync(root, { recursive: true, force: true });
}

function instructions(text) {
  const joined = text.replace(/^\s*#.*$/gm, '').replace(/\\\n/g, ' ');
  return joined.split('\n').flatMap((line) => {
    const [, instruction, rest] = /^\s*([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return instruction ? [[instruction, rest.trim()]] : [];
  });
}

function perform(instruction, rest) {
  console.log(`${instruction} ${rest}`);
  switch (instruction) {
    case 'FROM': {
      const [, base, name] = /^(\S+)\s+AS\s+(\S+)$/.exec(rest);
      const parent = stages.get(base);
      stage = { folder: join(root, name), workdir: parent?.workdir ?? '/', environment: { ...parent?.environment } };
      mkdirSync(stage.folder);
      if (parent) cpSync(parent.folder, stage.folder, { recursive: true, verbatimSymlinks: true });
      stages.set(name, stage);
      return;
    }
    case 'WORKDIR':
      stage.workdir = rest;
      mkdirSync(inStage(stage, '.'), { recursive: true });
      return;
    case 'ENV':
      for (const pair of rest.split(/\s+/)) stage.environment[pair.split('=')[0]] = pair.split('=')[1];
      return;
    case 'COPY':
      return copy(rest.split(/\s+/));
    case 'RUN':
      execFileSync('sh', ['-ec', rest], {
        cwd: inStage(stage, '.'),
        env: { ...environmentOutside(), ...stage.environment },
        stdio: 'inherit',
      });
      return;
    case 'HEALTHCHECK':
      stage.healthcheck = JSON.parse(/CMD\s+(\[.*\])$/.exec(rest)[1]);
      return;
    case 'ENTRYPOINT':
      stage.entrypoint = JSON.parse(rest);
      return;
    case 'USER':
    case 'EXPOSE':
      return;
    default:
      throw new Error(`${instruction} is not known here; teach it to .ci/dockerfile.js`);
  }
}

function copy(words) {
  const from = /^--from=(.*)$/.exec(words[0])?.[1];
  const [target, ...sources] = (from ? words.slice(1) : words).reverse();
  for (const source of sources.reverse()) {
    const path = from ? inStage(stages.get(from), source) : join(context, source);
    if (!existsSync(path)) throw new Error(`COPY ${source}: there is no such file`);
    const destination = target.endsWith('/') ? join(inStage(stage, target), basename(source)) : inStage(stage, target);
    cpSync(path, destination, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => Boolean(from) || !isIgnored(relative(context, file)),
    });
  }
}

/** .dockerignore, as far as this project uses it. */
function isIgnored(path) {
  let ignored = false;
  for (const line of readFileSync(join(context, '.dockerignore'), 'utf8').split('\n').filter(Boolean)) {
    const pattern = line
      .replace(/^!/, '')
      .replace(/[.+]/g, '\\$&')
      .replace(/\*\*\//g, '(?:.*/)?')
      .replace(/(?<!\.)\*/g, '[^/]*');
    if (new RegExp(`^${pattern}(?:/|$)`).test(path)) ignored = !line.startsWith('!');
  }
  return ignored;
}

function inStage({ folder, workdir }, path) {
  return join(folder, path.startsWith('/') ? path : join(workdir, path));
}

/** What the machine has of its own must not help. */
function environmentOutside() {
  const { PATH, HOME, npm_config_registry, NPM_CONFIG_REGISTRY, NPM_CONFIG_USERCONFIG, npm_config_cache } = process.env;
  return Object.fromEntries(
    Object.entries({
      PATH,
      HOME,
      npm_config_registry,
      NPM_CONFIG_REGISTRY,
      NPM_CONFIG_USERCONFIG,
      npm_config_cache,
    }).filter(([, value]) => value !== undefined),
  );
}

async function startAndCheck({ entrypoint, healthcheck, environment, ...image }) {
  const env = { ...environmentOutside(), ...environment, HOST: '127.0.0.1', PORT: port };
  const child = spawn(entrypoint[0], entrypoint.slice(1), {
    cwd: inStage(image, '.'),
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((done) => child.once('close', done));
  for (let attempt = 1; ; attempt++) {
    await new Promise((done) => setTimeout(done, 500));
    try {
      execFileSync(healthcheck[0], healthcheck.slice(1), { env, stdio: 'ignore' });
      break;
    } catch (error) {
      if (attempt === 20 || child.exitCode !== null)
        throw new Error('the image never becomes healthy', { cause: error });
    }
  }
  const development = ['jest', 'typescript', '@stoplight/prism-cli'].filter((name) =>
    existsSync(inStage(image, `node_modules/${name}`)),
  );
  if (development.length > 0) throw new Error(`the image has development dependencies: ${development.join(', ')}`);
  child.kill('SIGTERM');
  const status = await ended;
  if (status !== 0) throw new Error(`the image stopped with ${status}`);
}
