import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Control, createControl, isControl, type Metrics } from '../control/index.js';
import { type Address, type RunningServer, serve } from '../http/index.js';
import { version } from '../package.js';
import type { Standin } from '../standin.js';
import type { ControlSetup } from './control-options.js';
import { exitCode, Failure } from './exit.js';

/** What is served now, and how it is watched and steered. */
interface Listening {
  /** Another one, when documents have changed. */
  readonly api: () => Standin;
  readonly control: ControlSetup;
  readonly metrics?: Metrics | undefined;
}

/** The APIs come first, with nothing between them and the socket; the control plane has its own path. */
export async function listen(
  { api, control: { isOn, token }, metrics }: Listening,
  address: Address,
): Promise<RunningServer> {
  let control: Control | undefined;
  let controlled: Standin | undefined;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const current = api();
    if (!isControl(request.url)) return current(request, response);
    if (controlled !== current) {
      // Streams end, and who follows them comes again.
      control?.close();
      control = undefined;
      controlled = current;
    }
    // Most runs need none of it.
    control ??= createControl({ ...current, version, isOn, token, metrics });
    control(request, response);
  };
  try {
    const { url, close } = await serve(listener, address);
    return {
      url,
      close: (graceMs) => {
        control?.close();
        return close(graceMs);
      },
    };
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, address);
  }
}

/** Why an address can't be had. */
export function explain(error: NodeJS.ErrnoException, { port, host }: Address): Error {
  if (error.code === 'EADDRINUSE')
    return new Failure(`port ${port} on ${host} is in use; stop what uses it, or choose another with --port`);
  if (error.code === 'EACCES')
    return new Failure(`port ${port} on ${host} may not be used by this user; choose one above 1023 with --port`);
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    return new Failure(`${host} is no address of this machine; choose another with --host`, exitCode.misused);
  return error;
}
