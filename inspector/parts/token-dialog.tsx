import { useEffect, useRef, useState } from 'preact/hooks';

/** Asks for the control token; it is kept for this tab alone, and sent as a header. */
export function TokenDialog({ isWrong, onToken }: { isWrong: boolean; onToken: (token: string) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [token, setToken] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="token-title" onCancel={(event) => event.preventDefault()}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') onToken(token.trim());
        }}
      >
        <h2 id="token-title">Control token</h2>
        <p id="token-help">
          {isWrong ? 'That was not the token. ' : ''}It is what standin was started with as <code>--control-token</code>
          . It stays in this tab.
        </p>
        <label>
          Token{' '}
          <input
            type="password"
            value={token}
            autocomplete="off"
            aria-describedby="token-help"
            onInput={({ currentTarget: { value } }) => setToken(value)}
          />
        </label>
        <p class="actions">
          <button type="submit" class="primary">
            Use token
          </button>
        </p>
      </form>
    </dialog>
  );
}
