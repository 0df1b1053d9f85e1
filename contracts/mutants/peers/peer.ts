import { execFile } from 'node:child_process';

/** Another tool, as it runs on a service. */
export interface Peer {
  readonly name: string;
  /** As npm installs them. */
  readonly packages: readonly string[];
  /** What it says is wrong, one text for each thing; the same text for the same thing. */
  readonly run: (task: PeerTask) => Promise<readonly string[]>;
}

export interface PeerTask {
  /** Where the packages are installed. */
  readonly folder: string;
  /** The OpenAPI document. */
  readonly file: string;
  readonly url: string;
  readonly credential: string;
  /** Valid requests, one for each operation and what must come before it. */
  readonly requests: readonly { method: string; path: string; headers: Record<string, string>; body?: string }[];
}

/** A tool that says nothing for so long has found nothing. */
const patienceMs = 120_000;

/** What a command of the folder prints, without colours, whatever its exit code is. */
export function output(folder: string, command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`${folder}/node_modules/${command}`, ...args],
      {
        cwd: folder,
        timeout: patienceMs,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, NO_COLOR: '1', CI: '1' },
      },
      (_, stdout, stderr) => resolve(withoutColours(`${stdout}\n${stderr}`)),
    );
  });
}

/** Escape sequences of terminals (ECMA-48). */
const withoutColours = (text: string) => text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
