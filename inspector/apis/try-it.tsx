import { useState } from 'preact/hooks';
import { messageOf, useShared } from '../control/context.js';
import type { Api, Content, Operation } from '../control/types.js';
import { BodyView } from '../parts/body-view.js';
import { CopyButton } from '../parts/copy-button.js';
import { Notice } from '../parts/notice.js';
import { Code } from '../parts/scrollable.js';
import { Status } from '../parts/status.js';
import { type Answer, asCurl, asFetch, sendRequest } from '../request.js';
import { linkTo } from '../route.js';
import { bodyText, type Draft, draftFor, keyOf, requestOf, shownParameters, textOf } from './draft.js';
import { preferFor, replyChoices } from './replies.js';

/** A request that can be changed, sent and copied. */
export function TryIt({ api, operation }: { api: Api; operation: Operation }) {
  const { client, tell } = useShared();
  const [draft, setDraft] = useState(() => draftFor(operation));
  const [answer, setAnswer] = useState<Answer | string>();
  const [isSending, setSending] = useState(false);
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const request = () => requestOf({ origin: location.origin, api, session: client.session }, operation, draft);

  const send = async () => {
    setSending(true);
    try {
      const given = await sendRequest(request());
      setAnswer(given);
      tell(given.isHidden ? 'Answered with a redirect' : `Answered ${given.status}`);
    } catch (error) {
      setAnswer(`The browser could not send it: ${messageOf(error)}`);
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      class="try"
      aria-label="Try it"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2>Try it</h2>
      <Parameters operation={operation} draft={draft} change={change} />
      <Security operation={operation} draft={draft} change={change} />
      {operation.requestBody && <RequestBody content={operation.requestBody.content} draft={draft} change={change} />}
      <label class="field">
        Reply{' '}
        <select value={draft.prefer} onChange={({ currentTarget: { value } }) => change({ prefer: value })}>
          <option value="">as standin decides</option>
          {replyChoices(operation).map((choice) => (
            <option key={choice.label} value={preferFor(choice)}>
              {choice.label}
            </option>
          ))}
        </select>
      </label>
      <p class="actions">
        <button type="submit" class="primary" disabled={isSending}>
          Send
        </button>
        <CopyButton what="curl" text={() => asCurl(request())} />
        <CopyButton what="fetch" text={() => asFetch(request())} />
      </p>
      {typeof answer === 'string' && <Notice kind="error">{answer}</Notice>}
      {typeof answer === 'object' && <AnswerView answer={answer} />}
    </form>
  );
}

interface PartProps {
  readonly operation: Operation;
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
}

function Parameters({ operation, draft, change }: PartProps) {
  const parameters = shownParameters(operation);
  if (parameters.length === 0) return null;
  return (
    <fieldset>
      <legend>Parameters</legend>
      {parameters.map((parameter) => {
        const { name, in: place, required, examples } = parameter;
        const key = keyOf(parameter);
        return (
          <label class="field" key={key}>
            {name}{' '}
            <span class="quiet">
              {place}
              {required ? ', required' : ''}
            </span>{' '}
            <input
              value={draft.parameters[key] ?? ''}
              required={place === 'path'}
              placeholder={textOf(examples?.[0])}
              onInput={({ currentTarget: { value } }) => change({ parameters: { ...draft.parameters, [key]: value } })}
            />
          </label>
        );
      })}
    </fieldset>
  );
}

function Security({ operation: { security }, draft, change }: PartProps) {
  if (security.length === 0 || (security.length === 1 && security[0]?.length === 0)) return null;
  const label = (index: number) => security[index]?.map(({ name }) => name).join(' and ') || 'none';
  return (
    <fieldset>
      <legend>Credentials</legend>
      {security.length > 1 && (
        <label class="field">
          Alternative{' '}
          <select
            value={draft.security}
            onChange={({ currentTarget: { value } }) => change({ security: Number(value) })}
          >
            {security.map((_, index) => (
              <option key={label(index)} value={index}>
                {label(index)}
              </option>
            ))}
          </select>
        </label>
      )}
      {security[draft.security]?.map(({ name, type, scheme }) => (
        <label class="field" key={name}>
          {name} <span class="quiet">{type === 'http' ? scheme : type}</span>{' '}
          <input
            value={draft.secrets[name] ?? ''}
            autocomplete="off"
            onInput={({ currentTarget: { value } }) => change({ secrets: { ...draft.secrets, [name]: value } })}
          />
        </label>
      ))}
    </fieldset>
  );
}

function RequestBody({ content, draft, change }: Omit<PartProps, 'operation'> & { content: readonly Content[] }) {
  const chosen = content[draft.content];
  return (
    <fieldset>
      <legend>Body</legend>
      <label class="field">
        Media type{' '}
        <select
          value={draft.content}
          onChange={({ currentTarget: { value } }) =>
            change({ content: Number(value), body: bodyText(content[Number(value)]) })
          }
        >
          {content.map(({ mediaType }, index) => (
            <option key={mediaType} value={index}>
              {mediaType}
            </option>
          ))}
          <option value={-1}>no body</option>
        </select>
      </label>
      {chosen && chosen.examples.length > 1 && (
        <label class="field">
          Example{' '}
          <select
            onChange={({ currentTarget: { value } }) =>
              change({ body: bodyText(chosen, chosen.examples[Number(value)]) })
            }
          >
            {chosen.examples.map(({ name, pointer }, index) => (
              <option key={pointer} value={index}>
                {name ?? `example ${index + 1}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen && (
        <label class="field">
          Content{' '}
          <textarea
            rows={Math.max(4, Math.min(16, draft.body.split('\n').length + 1))}
            spellcheck={false}
            value={draft.body}
            onInput={({ currentTarget: { value } }) => change({ body: value })}
          />
        </label>
      )}
    </fieldset>
  );
}

function AnswerView({ answer: { status, statusText, headers, text, duration, isHidden } }: { answer: Answer }) {
  if (isHidden)
    return (
      <p>
        The answer is a redirect, of which browsers show nothing here; <a href={linkTo('traffic')}>Traffic</a> does.
      </p>
    );
  return (
    <section class="answer" aria-label="Answer">
      <h3>
        <Status status={status} /> {statusText} <span class="quiet">{duration.toFixed(0)} ms</span>
      </h3>
      <details>
        <summary>{headers.length} headers</summary>
        <Code label="Headers of the answer">{headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</Code>
      </details>
      <BodyView
        label="Body of the answer"
        body={text === '' ? undefined : { size: text.length, isWhole: true, text }}
      />
    </section>
  );
}
