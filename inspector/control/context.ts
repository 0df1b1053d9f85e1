import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import { type Client, ControlError } from './client.js';
import type { Api } from './types.js';

export interface Shared {
  readonly client: Client;
  readonly apis: readonly Api[];
  /** Says something to those who listen, and shows it to those who look. */
  readonly tell: (message: string) => void;
}

export const SharedContext = createContext<Shared | undefined>(undefined);

export function useShared(): Shared {
  return useContext(SharedContext) as Shared;
}

export interface Loaded<T> {
  readonly value: T | undefined;
  /** Why there is none, or no newer one. */
  readonly error: string | undefined;
  readonly reload: () => void;
}

/** What is loaded again when any of `causes` changes; until the new one is there, the old one stays. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, causes: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: string; causes?: readonly unknown[] }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setState({ value, causes });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ error: messageOf(error), causes });
      },
    );
    return () => controller.abort();
  }, [turn, ...causes]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { value: state.value, error: state.error, reload };
}

/** An error with all the places that it names. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ControlError) || error.violations.length < 2)
    return error instanceof Error ? error.message : String(error);
  return error.violations.map(({ location, pointer, message }) => `${location}${pointer} ${message}`).join('; ');
}
