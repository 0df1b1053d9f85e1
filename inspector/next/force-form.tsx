import { useEffect, useState } from 'preact/hooks';
import { preferFor, replyChoices, statusFor } from '../apis/replies.js';
import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Operation } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { criterionOf, type Requirement } from './criterion.js';
import { Requirements } from './requirements.js';

/** As many operations are found at a glance; for more there is a filter. */
const glance = 15;

interface ForceFormProps {
  readonly api: string | undefined;
  readonly id: string | undefined;
  readonly onForced: () => void;
}

const howOften = ['once', 'several times', 'always'] as const;

const labelOf = ({ id, method, path }: Operation) => {
  const route = `${method} ${path}`;
  return id === route ? route : `${route} (${id})`;
};

/** Says what is to be answered next, to which requests, and how often. */
export function ForceForm({ api: firstApi, id: firstId, onForced }: ForceFormProps) {
  const { client, apis, tell } = useShared();
  const [api, setApi] = useState(firstApi ?? apis[0]?.name ?? '');
  const [id, setId] = useState(firstId ?? '');
  const [choice, setChoice] = useState('');
  const [delay, setDelay] = useState('');
  const [times, setTimes] = useState<(typeof howOften)[number]>('once');
  const [count, setCount] = useState('2');
  const [requirements, setRequirements] = useState<readonly Requirement[]>([]);
  const [filter, setFilter] = useState('');
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
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = operations.value?.filter((one) => {
    const text = `${one.method} ${one.path} ${one.id} ${one.summary ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const operation = shown?.find((one) => one.id === id) ?? shown?.[0];
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
        ...(requirements.length > 0 && { criteria: requirements.map(criterionOf) }),
        times: times === 'once' ? 1 : times === 'always' ? times : Number(count),
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
      {(operations.value?.length ?? 0) > glance && (
        <label class="field">
          Filter operations{' '}
          <input type="search" value={filter} onInput={({ currentTarget: { value } }) => setFilter(value)} />
        </label>
      )}
      <label class="field">
        Operation{' '}
        <select
          value={operation?.id ?? ''}
          onChange={({ currentTarget: { value } }) => {
            setId(value);
            setChoice('');
          }}
        >
          {shown?.map((one) => (
            <option key={one.id} value={one.id}>
              {labelOf(one)}
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
        {howOften.map((one) => (
          <label key={one}>
            <input type="radio" name="times" checked={times === one} onChange={() => setTimes(one)} /> {one}
          </label>
        ))}
        {times === 'several times' && (
          <input
            type="number"
            aria-label="How many times"
            min={1}
            max={1_000_000}
            required
            value={count}
            onInput={({ currentTarget: { value } }) => setCount(value)}
          />
        )}
      </fieldset>
      <Requirements operation={operation} requirements={requirements} onChange={setRequirements} />
      {wrong !== undefined && <Notice kind="error">{wrong}</Notice>}
      <p class="actions">
        <button type="submit" class="primary" disabled={!operation}>
          Force it
        </button>
      </p>
    </form>
  );
}
