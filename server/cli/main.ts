#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCompiled } from './compiled-script.js';

type Program = typeof import('./program.js');

// Built, it is one script that V8 need not compile again; else its modules are as they were written.
const bundle = join(import.meta.dirname, 'program.cjs');
const { run } = existsSync(bundle) ? (runCompiled(bundle).exports as Program) : await import('./program.js');
await run();
