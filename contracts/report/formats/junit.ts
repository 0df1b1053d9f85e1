import { DOMImplementation, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import { explainReport } from '../explain.js';
import type { CaseReport, RunReport } from '../run-report.js';
import { formatIncomplete } from '../summary.js';

/** JUnit's XML, as CI servers read it: a suite for each API, a test case for each case. */
export function junit(report: RunReport): string {
  const document = new DOMImplementation().createDocument(null, 'testsuites');
  const root = document.documentElement as Element;
  setAll(root, { name: 'standin', ...countsOf(report.results), time: seconds(report.elapsedMs) });
  for (const { name } of report.apis) {
    const own = report.results.filter(({ api }) => api === name);
    const suite = append(document, root, 'testsuite', {
      name,
      ...countsOf(own),
      time: seconds(own.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0)),
      timestamp: report.startedAt.replace(/\.\d+Z$/, ''),
    });
    for (const result of own) appendCase(document, suite, result);
  }
  if (report.incomplete) {
    setAll(root, { tests: String(report.results.length + 1), errors: '1' });
    const suite = append(document, root, 'testsuite', { name: 'standin', tests: '1', failures: '0', errors: '1' });
    const whole = append(document, suite, 'testcase', { classname: 'standin', name: 'each case is run' });
    append(document, whole, 'error', { message: formatIncomplete(report), type: report.incomplete.cause });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

function appendCase(document: Document, suite: Element, result: CaseReport): void {
  const { api, operation, id, place, elapsedMs, verdict, known, why, findings } = result;
  const element = append(document, suite, 'testcase', {
    classname: `${api}.${operation}`,
    name: id,
    time: seconds(elapsedMs),
    file: place.file,
    line: String(place.line),
  });
  if (verdict === 'not provokable') append(document, element, 'skipped', { message: `not provokable: ${why ?? ''}` });
  else if (known) append(document, element, 'skipped', { message: `known: ${findings[0]?.message ?? ''}` });
  else if (verdict === 'violated') {
    const failure = append(document, element, 'failure', {
      message: findings.map(({ message }) => message).join('; '),
      type: findings[0]?.kind ?? 'status',
    });
    failure.appendChild(document.createTextNode(inXml(explainReport(result))));
  }
}

function countsOf(results: readonly CaseReport[]): Record<string, string> {
  const failures = results.filter(({ verdict, known }) => verdict === 'violated' && !known).length;
  const skipped = results.filter(({ verdict, known }) => verdict === 'not provokable' || known).length;
  return { tests: String(results.length), failures: String(failures), errors: '0', skipped: String(skipped) };
}

function append(
  document: Document,
  parent: Element,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Element {
  const element = document.createElement(name);
  setAll(element, attributes);
  parent.appendChild(element);
  return element;
}

function setAll(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, inXml(value));
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);

/** XML has no way to write most control characters, nor half of a surrogate pair (XML 1.0 §2.2). */
function inXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\ufffd');
}
