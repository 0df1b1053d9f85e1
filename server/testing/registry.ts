import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether packages can be installed here: without a network some tests are skipped, and say so. */
export async function canInstall(): Promise<boolean> {
  try {
    await run('npm', ['view', 'typescript', 'name', '--fetch-retries=0', '--fetch-timeout=5000'], { timeout: 15_000 });
    return true;
  } catch {
    return false;
  }
}

/** Installs packages into a folder. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await run('npm', ['install', ...flags, ...packages], { cwd: folder, timeout: 240_000 });
}
