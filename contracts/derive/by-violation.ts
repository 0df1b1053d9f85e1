import type { Parameter, Violation } from '../../server/contract/index.js';
import { isCredential } from './authorize.js';
import { type Draft, placeOf } from './draft.js';
import { expectRefusal } from './expect.js';
import type { Drafts, Provocation } from './provoked.js';
import { scopeOf } from './satisfy.js';
import { breaches } from './violate.js';

/** One request for each required property and parameter that can be left out, and each constraint that can be broken. */
export function provokeByViolation(drafts: Drafts): Provocation[] {
  return [...ofBody(drafts), ...ofParameters(drafts)];
}

function ofBody(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { requestBody } = context.operation;
  const { mediaType, body } = drafts.valid();
  if (!mediaType || !requestBody) return [];
  const found = breaches(
    context.contract.description,
    { schema: mediaType.schema, pointer: mediaType.schemaPointer },
    body,
  );
  const made = found.flatMap(({ pointer, keyword, value }): Provocation[] => {
    const violations = mediaType.validator.violations(value, 'body');
    if (!violations.some((violation) => violation.pointer === pointer && violation.keyword === keyword)) return [];
    const draft = { ...drafts.valid(), body: value };
    return provoke(drafts, titleOf(pointer || 'the body', keyword), draft, violations);
  });
  if (!requestBody.required) return made;
  const { body: _, ...bodiless } = drafts.valid();
  return [
    ...made,
    ...provoke(drafts, 'without a body', bodiless, [
      { location: 'body', pointer: '', keyword: 'required', message: '' },
    ]),
  ];
}

const titleOf = (pointer: string, keyword: string) =>
  keyword === 'required' ? `without ${pointer}` : `${pointer} against its ${keyword}`;

function ofParameters(drafts: Drafts): Provocation[] {
  const { operation } = drafts.context;
  // What is wrong with a credential is told before what is wrong with a parameter.
  const those = operation.parameters.filter((parameter) => !isCredential(parameter, operation));
  return those.flatMap((parameter) => {
    const { name, required } = parameter;
    const place = placeOf(parameter);
    const violation = (keyword: string): Violation => ({ location: place, pointer: `/${name}`, keyword, message: '' });
    const title = `${place} parameter ${name}`;
    const dropped = () => {
      const draft = drafts.valid();
      const { [name]: _, ...rest } = draft[place];
      return provoke(drafts, `without ${title}`, { ...draft, [place]: rest }, [violation('required')]);
    };
    const broken = () => {
      const wrong = wrongText(parameter);
      if (!wrong) return [];
      const draft = drafts.valid();
      return provoke(
        drafts,
        `${title} against its ${wrong.keyword}`,
        { ...draft, [place]: { ...draft[place], [name]: wrong.text } },
        [violation(wrong.keyword)],
      );
    };
    return [...(required && place !== 'path' ? dropped() : []), ...broken()];
  });
}

/** A text that is no value of the parameter's schema, however it is read. */
function wrongText({
  shape,
  validator,
  mediaType,
  allowEmptyValue,
}: Parameter): { text: string; keyword: string } | undefined {
  const types = shape().types();
  if (
    mediaType !== undefined ||
    types.length === 0 ||
    types.includes('array') ||
    types.includes('object') ||
    allowEmptyValue
  )
    return undefined;
  for (const text of ['not-a-value', '-987654321', '~'.repeat(300)]) {
    const isNumber = /^-\d+$/.test(text) && types.some((type) => type === 'integer' || type === 'number');
    const [violation] = validator.violations(isNumber ? Number(text) : text, 'query');
    if (violation && violation.pointer === '') return { text, keyword: violation.keyword };
  }
  return undefined;
}

function provoke(drafts: Drafts, title: string, draft: Draft, violations: readonly Violation[]): Provocation[] {
  const { context } = drafts;
  const scope = { ...scopeOf(context, draft), violation: violations[0] as Violation, violations };
  const outcome = {
    event: 'request.invalid',
    places: violations,
    statuses: [422, 400],
    problem: 'request-invalid',
  } as const;
  const expect = expectRefusal(context.operation, outcome, scope);
  return expect ? [{ kind: 'negative', title, steps: [{ request: drafts.request(draft) }], expect }] : [];
}
