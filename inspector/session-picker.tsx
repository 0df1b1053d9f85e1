import { useState } from 'preact/hooks';
import { useLoaded, useShared } from './control/context.js';

interface Sessions {
  readonly sessions: readonly { readonly id: string }[];
}

const isSession = (text: string) => text === '' || /^[!-.0-~]{1,128}$/.test(text);

/** Chooses the session that all views are about. One that has not begun can be typed. */
export function SessionPicker({ session, onChoose }: { session: string; onChoose: (session: string) => void }) {
  const { client } = useShared();
  const [text, setText] = useState(session);
  const [look, setLook] = useState(0);
  const sessions = useLoaded((signal) => client.get<Sessions>('sessions', signal), [client, look]);
  const isFit = isSession(text);
  return (
    <label class="session">
      Session{' '}
      <input
        list="sessions"
        value={text}
        placeholder="shared"
        size={14}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={!isFit}
        onFocus={() => setLook((before) => before + 1)}
        onInput={({ currentTarget: { value } }) => setText(value)}
        onChange={({ currentTarget: { value } }) => {
          if (isSession(value)) onChoose(value);
        }}
      />
      <datalist id="sessions">
        {sessions.value?.sessions.map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </label>
  );
}
