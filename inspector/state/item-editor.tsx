import { useState } from 'preact/hooks';
import { messageOf } from '../control/context.js';
import { Notice } from '../parts/notice.js';

interface ItemEditorProps {
  readonly label: string;
  readonly item: unknown;
  readonly onSave: (item: unknown) => Promise<void>;
  readonly onCancel: () => void;
}

/** An item as JSON. */
export function ItemEditor({ label, item, onSave, onCancel }: ItemEditorProps) {
  const [text, setText] = useState(() => JSON.stringify(item, undefined, 2));
  const [error, setError] = useState<string>();
  const save = async () => {
    try {
      await onSave(JSON.parse(text));
    } catch (reason) {
      setError(messageOf(reason));
    }
  };
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <label class="field">
        {label}{' '}
        <textarea
          ref={(element) => element?.focus()}
          rows={Math.min(20, text.split('\n').length + 1)}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget: { value } }) => setText(value)}
        />
      </label>
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      <p class="actions">
        <button type="submit" class="primary">
          Save
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </form>
  );
}
