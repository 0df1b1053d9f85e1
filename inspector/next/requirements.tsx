import type { Operation } from '../control/types.js';
import type { Requirement } from './criterion.js';

const places = {
  path: 'path parameter',
  query: 'query parameter',
  header: 'header',
  body: 'body, at',
  condition: 'a condition:',
} as const;
const comparisons = ['is', 'is not', 'matches'] as const;

interface RequirementsProps {
  readonly operation: Operation | undefined;
  readonly requirements: readonly Requirement[];
  readonly onChange: (requirements: readonly Requirement[]) => void;
}

/** Which requests are meant: all, or those of which each of these holds. */
export function Requirements({ operation, requirements, onChange }: RequirementsProps) {
  const change = (index: number, changes: Partial<Requirement>) =>
    onChange(requirements.map((one, at) => (at === index ? { ...one, ...changes } : one)));
  const first = operation?.parameters.some((parameter) => parameter.in === 'path') ? 'path' : 'body';
  const add = () => onChange([...requirements, { where: first, name: '', comparison: 'is', value: '' }]);
  return (
    <fieldset class="requirements">
      <legend>Which requests</legend>
      {requirements.length === 0 && <p class="quiet">all of this operation</p>}
      {requirements.map((requirement, index) => (
        <RequirementFields
          key={index}
          number={index + 1}
          operation={operation}
          requirement={requirement}
          onChange={(changes) => change(index, changes)}
          onRemove={() => onChange(requirements.filter((_, at) => at !== index))}
        />
      ))}
      <button type="button" onClick={add}>
        {requirements.length === 0 ? 'Only some requests…' : 'And…'}
      </button>
    </fieldset>
  );
}

interface RequirementFieldsProps {
  readonly number: number;
  readonly operation: Operation | undefined;
  readonly requirement: Requirement;
  readonly onChange: (changes: Partial<Requirement>) => void;
  readonly onRemove: () => void;
}

function RequirementFields({ number, operation, requirement, onChange, onRemove }: RequirementFieldsProps) {
  const { where, name, comparison, value } = requirement;
  const isCondition = where === 'condition';
  const names = operation?.parameters.filter((parameter) => parameter.in === where) ?? [];
  const valueHint = isCondition ? '$request.body#/age >= 18' : comparison === 'matches' ? '^a.*z$' : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset would draw a second border
    <div class="bar" role="group" aria-label={`Requirement ${number}`}>
      <select
        aria-label="Where"
        value={where}
        onChange={({ currentTarget }) => onChange({ where: currentTarget.value as Requirement['where'] })}
      >
        {Object.entries(places).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      {!isCondition && (
        <>
          <input
            aria-label={where === 'body' ? 'JSON Pointer or member' : 'Name'}
            value={name}
            required={where !== 'body'}
            list={`names-${number}`}
            placeholder={where === 'body' ? '/user/name' : 'name'}
            spellcheck={false}
            onInput={({ currentTarget }) => onChange({ name: currentTarget.value })}
          />
          <datalist id={`names-${number}`}>
            {names.map((parameter) => (
              <option key={parameter.name} value={parameter.name} />
            ))}
          </datalist>
          <select
            aria-label="Comparison"
            value={comparison}
            onChange={({ currentTarget }) => onChange({ comparison: currentTarget.value as Requirement['comparison'] })}
          >
            {comparisons.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </>
      )}
      <input
        class={isCondition ? 'grow' : undefined}
        aria-label={isCondition ? 'Condition' : comparison === 'matches' ? 'Regular expression' : 'Value'}
        value={value}
        required={isCondition}
        placeholder={valueHint}
        spellcheck={false}
        onInput={({ currentTarget }) => onChange({ value: currentTarget.value })}
      />
      <button type="button" aria-label={`Remove requirement ${number}`} onClick={onRemove}>
        Remove
      </button>
    </div>
  );
}
