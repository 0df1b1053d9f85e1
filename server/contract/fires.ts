import {
  type Description,
  type Diagnostic,
  diagnose,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../documents/index.js';
import { type Fire, parseFires, readExtension } from './behaviour/index.js';
import { webhookNames } from './webhook.js';

interface FiresContext {
  readonly description: Description;
  readonly diagnostics: Diagnostic[];
}

const extension = 'x-standin-fires';

/** What an operation and its responses declare: those of a response follow its replies. */
export function compileFires(
  { description, diagnostics }: FiresContext,
  { operation, pointer }: { readonly operation: JsonObject; readonly pointer: string },
): Fire[] {
  const read = (holder: JsonObject, at: string): Fire[] => {
    if (!(extension in holder)) return [];
    const place = `${at}/${extension}`;
    const fires = readExtension(description, extension, holder[extension], place, diagnostics, parseFires) ?? [];
    const known = fires.length > 0 ? webhookNames(description) : [];
    for (const { webhook, pointer: where } of fires.filter((fire) => !known.includes(fire.webhook))) {
      const message = `${extension} names the webhook "${webhook}", which the document has not`;
      const advice = known.length > 0 ? `name one of: ${known.join(', ')}` : 'add it under `webhooks`';
      diagnostics.push(diagnose(description, `${where}/webhook`, 'error', 'extension-invalid', message, advice));
    }
    return fires;
  };
  const { responses } = operation;
  const ofResponses = Object.entries(isObject(responses) ? responses : {}).flatMap(([status, entry]) => {
    if (status.startsWith('x-')) return [];
    const { value, pointer: at } = resolve(description, entry, `${pointer}${toPointer(['responses', status])}`);
    if (!isObject(value)) return [];
    const response = status.replace(/x/g, 'X');
    return read(value, at).map((fire): Fire => ({ ...fire, response }));
  });
  return [...read(operation, pointer), ...ofResponses];
}
