import { execFileSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

/** A Chromium of this machine; without one, what people do on pages can't be tested. */
const browserBinary = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => {
  try {
    return [execFileSync('which', [name], { stdio: 'pipe', encoding: 'utf8' }).trim()];
  } catch {
    return [];
  }
})[0];

export const hasBrowser = browserBinary !== undefined;

/** Says so where it is missing: a test that is left out is to be seen. */
export function sayIfNoBrowser(what: string): void {
  if (!hasBrowser) process.stderr.write(`SKIPPED: ${what}; no chromium is installed\n`);
}

/** Starts the browser, without a window. Containers give it no sandbox of its own. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserBinary as string,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}
