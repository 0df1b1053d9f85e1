import { isLoopbackHost } from '../control/index.js';
import { exitCode, Failure } from './exit.js';

/** Whether the control API is there, and what its clients must know. */
export interface ControlSetup {
  readonly isOn: boolean;
  readonly token?: string | undefined;
}

export const controlModes = ['on', 'with-token', 'off'] as const;

export interface ControlOption {
  /** `false` for `--no-control`. */
  readonly control: (typeof controlModes)[number] | false;
  readonly controlToken?: string;
}

/**
 * What the options come to at an address.
 *
 * @throws Failure where others could steer standin without a token.
 */
export function controlSetup({ control, controlToken: token }: ControlOption, host: string): ControlSetup {
  if (token === '') throw new Failure('--control-token needs a token that is not empty', exitCode.misused);
  if (control === false || control === 'off') return { isOn: false };
  if (token !== undefined) return { isOn: true, token };
  if (control === 'with-token') return { isOn: false };
  if (isLoopbackHost(host)) return { isOn: true };
  throw new Failure(
    `other machines can reach ${host}, and could steer this mock: set --control-token (or STANDIN_CONTROL_TOKEN), or turn the control API off with --no-control`,
    exitCode.misused,
  );
}
