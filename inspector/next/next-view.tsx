import { useEffect, useState } from 'preact/hooks';
import { preferFor, replyChoices, statusFor } from '../apis/replies.js';
import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Forced, Operation } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { linkTo } from '../route.js';

/** What is to be answered next: `#/next`, `#/next/API/OPERATION` with that chosen. */
export function NextView({ parts: [api, id], news }: { parts: readonly string[]; news: number }) {
  const { client, tell } = useShared();
  const [turn, setTurn] = useState(0);
  // Requests use forced replies up.
  const { value, error } = useLoaded(
    async (signal) => (await client.get<{ forced: Forced[] }>('forced', signal)).forced,
    [client, turn, news],
  );
  const again = () => setTurn((before) => before + 1);
  const remove = async (path: string, message: string) => {
    await client.send('DELETE', path).then(
      () => tell(message),
      (reason: unknown) => tell(messageOf(reason)),
    );
    again();
  };
  return (
    <>
      <h1>Next reply</h1>
      <ForceForm api={api} id={id} onForced={again} />
      <h2>Waiting to be used</h2>
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      {value?.length === 0 && <p class="quiet">Nothing is forced: standin decides.</p>}
      {value && value.length > 0 && (
        <>
          <ul class="forced" aria-label="Forced replies">
            {value.map((forced) => (
              <li key={forced.id}>
                <a href={linkTo('apis', forced.api, forced.operation)}>
                  {forced.operation} of {forced.api}
                </a>{' '}
                gets {describe(forced)}{' '}
                <button
                  type="button"
                  aria-label={`Delete ${describe(forced)} of ${forced.operation}`}
                  onClick={() => remove(`forced/${encodeURIComponent(forced.id)}`, 'Deleted the forced reply')}
                >
                  Delete
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => remove('forced', 'Deleted all forced replies')}>
            Delete all
          </button>
        </>
      )}
    </>
  );
}

function describe({ status, example, delay, times, body, criteria }: Forced): string {
  const what = [status, example].filter((one) => one !== undefined).join(' ') || 'the usual reply';
  return [
    what,
    body === undefined ? '' : 'with a body of its own',
    delay === undefined || delay === 0 ? '' : `after ${delay} ms`,
    criteria === undefined ? '' : 'for some requests',
    times === 'always' ? 'always' : times === 1 ? 'once' : `${times} times`,
  ]
    .filter(Boolean)
    .join(', ');
}

interface ForceFormProps {
  readonly api: string | undefined;
  readonly id: string | undefined;
  readonly onForced: () => void;
}

function ForceForm({ api: firstApi, id: firstId, onForced }: ForceFormProps) {
  const { client, apis, tell } = useShared();
  const [api, setApi] = useState(firstApi ?? apis[0]?.name ?? '');
  const [id, setId] = useState(firstId ?? '');
  const [choice, setChoice] = useState('');
  const [delay, setDelay] = useState('');
  const [times, setTimes] = useState<'once' | 'always'>('once');
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    if (firstApi !== undefined) setApi(firstApi);
    if (firstId !== undefined) setId(firstId);
  }, [firstApi, firstId]);
  const operations = useLoaded(
    async (signal) =>
      (await client.get<{ operations: Operation[] }>(`apis/${encodeURIComponent(api)}/operations`, signal)).operations,
    [client, api],
  );
  const operation = operations.value?.find((one) => one.id === id) ?? operations.value?.[0];
  const choices = operation ? replyChoices(operation) : [];
  const chosen = choices.find((one) => preferFor(one) === choice);

  const force = async () => {
    try {
      await client.send('POST', 'forced', {
        api,
        operation: operation?.id,
        ...(chosen && { status: statusFor(chosen.status) }),
        ...(chosen?.example !== undefined && { example: chosen.example }),
        ...(delay !== '' && { delay: Number(delay) }),
        times: times === 'once' ? 1 : 'always',
      });
      setWrong(undefined);
      tell(`Forced ${chosen?.label ?? 'a delay'} for ${operation?.id}`);
      onForced();
    } catch (reason) {
      setWrong(messageOf(reason));
    }
  };
  return (
    <form
      aria-label="Force a reply"
      onSubmit={(event) => {
        event.preventDefault();
        force();
      }}
    >
      <label class="field">
        API{' '}
        <select value={api} onChange={({ currentTarget: { value } }) => setApi(value)}>
          {apis.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        Operation{' '}
        <select
          value={operation?.id ?? ''}
          onChange={({ currentTarget: { value } }) => {
            setId(value);
            setChoice('');
          }}
        >
          {operations.value?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.method} {one.path} ({one.id})
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Reply{' '}
        <select value={choice} onChange={({ currentTarget: { value } }) => setChoice(value)}>
          <option value="">the usual one, only later</option>
          {choices.map((one) => (
            <option key={one.label} value={preferFor(one)}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Delay in milliseconds{' '}
        <input
          type="number"
          min={0}
          max={300_000}
          value={delay}
          required={choice === ''}
          onInput={({ currentTarget: { value } }) => setDelay(value)}
        />
      </label>
      <fieldset class="inline">
        <legend>How often</legend>
        {(['once', 'always'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="times" checked={times === one} onChange={() => setTimes(one)} /> {one}
          </label>
        ))}
      </fieldset>
      {wrong !== undefined && <Notice kind="error">{wrong}</Notice>}
      <p class="actions">
        <button type="submit" class="primary">
          Force it
        </button>
      </p>
    </form>
  );
}
