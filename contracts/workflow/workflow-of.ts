import { type Arazzo, loadArazzo, type Workflow } from './arazzo.js';

/** A workflow, and the document that it is in. */
interface Located {
  readonly arazzo: Arazzo;
  readonly workflow: Workflow;
}

const loaded = new Map<string, Arazzo>();

/**
 * The workflow of a name in the same document, or of another (Arazzo 1.0.1 §4.6.5): `$sourceDescriptions.NAME.workflows.ID`, for
 * which many write `$sourceDescriptions.NAME.ID`; why there is none.
 */
export function workflowOf(arazzo: Arazzo, reference: string): Located | string {
  const [, source, id = reference] = /^\$sourceDescriptions\.([^.]+)\.(?:workflows\.)?(.+)$/.exec(reference) ?? [];
  const other = source === undefined ? arazzo : documentOf(arazzo, source);
  if (typeof other === 'string') return other;
  const workflow = other.workflows.find(({ workflowId }) => workflowId === id);
  return workflow ? { arazzo: other, workflow } : `the workflow ${id} is not in ${other.file}`;
}

function documentOf({ sources, file }: Arazzo, name: string): Arazzo | string {
  const source = sources.find((one) => one.name === name);
  if (source?.type !== 'arazzo') return `${file} has no source description "${name}" of type arazzo`;
  if (/^https?:/i.test(source.url)) return `the workflows of ${source.url} are not fetched; keep them in a file beside`;
  try {
    const known = loaded.get(source.file) ?? loadArazzo(source.file);
    loaded.set(source.file, known);
    return known;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Of a workflow, as `$workflows` has it. */
export const nameIn = (reference: string) => reference.split('.').at(-1) ?? reference;
