import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageFolder } from '../../server/package.js';
import { ConfigurationError } from '../configuration-error.js';
import type { RunReport } from '../report/run-report.js';
import { type Settings, toEnvironment } from '../settings.js';

/**
 * Runs the Jest files of the suite in a process of their own, and reads what they report.
 *
 * @throws ConfigurationError where they did not get as far as that.
 */
export async function runJest(settings: Settings): Promise<RunReport> {
  rmSync(settings.report, { force: true });
  const status = await new Promise<number | null>((resolve, reject) => {
    const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const jest = [
      '--rootDir',
      packageFolder,
      '--config',
      join(packageFolder, 'jest.config.js'),
      '--selectProjects',
      'contract',
    ];
    const reporters = ['--verbose=false', '--reporters=default', '--reporters=jest-junit'];
    const child = spawn(process.execPath, [...options, jestBinary(), ...jest, ...reporters], {
      stdio: 'inherit',
      env: {
        ...process.env,
        ...toEnvironment(settings),
        JEST_JUNIT_OUTPUT_FILE: 'reports/junit.xml',
        JEST_JUNIT_SUITE_NAME: 'contract',
        JEST_JUNIT_CLASSNAME: '{classname}',
        JEST_JUNIT_TITLE: '{title}',
      },
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
  try {
    return JSON.parse(readFileSync(settings.report, 'utf8')) as RunReport;
  } catch {
    throw new ConfigurationError(`the suite ended with status ${status} before it could report`);
  }
}

function jestBinary(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
  } catch {
    throw new ConfigurationError('the suite needs jest and jest-junit; install them beside standin');
  }
}
