import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ApisView } from './apis/apis-view.js';
import { createClient } from './control/client.js';
import { SharedContext, useLoaded } from './control/context.js';
import type { Api } from './control/types.js';
import { useJournal } from './control/use-journal.js';
import { CoverageView } from './coverage/coverage-view.js';
import { NextView } from './next/next-view.js';
import { Notice } from './parts/notice.js';
import { TokenDialog } from './parts/token-dialog.js';
import { linkTo, useRoute } from './route.js';
import { SessionPicker } from './session-picker.js';
import { StateView } from './state/state-view.js';
import { TrafficView } from './traffic/traffic-view.js';

const views = [
  ['apis', 'APIs'],
  ['traffic', 'Traffic'],
  ['state', 'State'],
  ['coverage', 'Coverage'],
  ['next', 'Next reply'],
] as const;

const tokenKey = 'standin-control-token';
const sessionKey = 'standin-session';

/** How long a message stays in sight. */
const toldMs = 6_000;

export function App() {
  const { view, parts } = useRoute();
  const [token, setToken] = useState(() => sessionStorage.getItem(tokenKey) ?? undefined);
  const [session, setSession] = useState(() => sessionStorage.getItem(sessionKey) ?? '');
  const [isRefused, setRefused] = useState(false);
  const [turn, setTurn] = useState(0);
  const [told, tell] = useTold();
  const main = useRef<HTMLElement>(null);

  const client = useMemo(
    () => createClient({ base: new URL('./', location.href).href, token, session, onRefused: () => setRefused(true) }),
    [token, session],
  );
  const apis = useLoaded(async (signal) => (await client.get<{ apis: Api[] }>('apis', signal)).apis, [client]);
  const journal = useJournal(client, turn);
  const shared = useMemo(() => ({ client, apis: apis.value ?? [], tell }), [client, apis.value, tell]);

  const title = views.find(([name]) => name === view)?.[1] ?? 'Nothing here';
  useEffect(() => {
    document.title = `${title} · standin`;
  }, [title]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [view]);

  const choose = (chosen: string) => {
    sessionStorage.setItem(sessionKey, chosen);
    setSession(chosen);
  };
  const admit = (given: string) => {
    sessionStorage.setItem(tokenKey, given);
    setRefused(false);
    setToken(given);
  };
  // The journal may have begun anew.
  const again = useCallback(() => setTurn((before) => before + 1), []);

  return (
    <SharedContext.Provider value={shared}>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header>
        <span class="brand">standin</span>
        <nav aria-label="Views">
          {views.map(([name, text]) => (
            <a key={name} href={linkTo(name)} aria-current={name === view ? 'page' : undefined}>
              {text}
            </a>
          ))}
        </nav>
        <SessionPicker session={session} onChoose={choose} />
      </header>
      <main id="main" ref={main} tabIndex={-1} aria-label={title}>
        {apis.error !== undefined && <Notice kind="error">{apis.error}</Notice>}
        {apis.value !== undefined && (
          <>
            {view === 'apis' && <ApisView parts={parts} />}
            {view === 'traffic' && <TrafficView parts={parts} journal={journal} onCleared={again} />}
            {view === 'state' && <StateView parts={parts} onReset={again} />}
            {view === 'coverage' && <CoverageView news={journal.entries.at(-1)?.number ?? 0} />}
            {view === 'next' && <NextView parts={parts} news={journal.entries.at(-1)?.number ?? 0} />}
            {title === 'Nothing here' && <Notice kind="error">There is no such view.</Notice>}
          </>
        )}
      </main>
      <div class="told" role="status" data-shown={told !== ''}>
        {told}
      </div>
      {isRefused && <TokenDialog isWrong={token !== undefined} onToken={admit} />}
    </SharedContext.Provider>
  );
}

function useTold(): [string, (message: string) => void] {
  const [told, setTold] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useCallback((message: string) => {
    clearTimeout(timer.current);
    setTold(message);
    timer.current = setTimeout(() => setTold(''), toldMs);
  }, []);
  return [told, tell];
}
