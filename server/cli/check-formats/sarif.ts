import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkRules } from '../../contract/check/index.js';
import { version } from '../../package.js';
import type { CheckedFile, CheckFormat } from './checked-file.js';

/** SARIF 2.1.0 (OASIS), as code scanning reads it. */
export const sarif: CheckFormat = (files) => {
  const diagnostics = files.flatMap((file) => file.diagnostics);
  const ids = [...new Set(diagnostics.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'standin', semanticVersion: version, rules: ids.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: files.every(({ readable }) => readable),
            toolExecutionNotifications: files.filter(({ readable }) => !readable).map(unreadable),
          },
        ],
        results: diagnostics.map(({ rule, severity, message, advice, place, pointer }) => ({
          ruleId: rule,
          ruleIndex: ids.indexOf(rule),
          level: severity,
          message: { text: advice ? `${message}; ${advice}` : message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(place.file) },
                region: { startLine: place.line, startColumn: place.column },
              },
              ...(pointer && { logicalLocations: [{ fullyQualifiedName: pointer }] }),
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function descriptorOf(id: string) {
  const rule = checkRules.find((known) => known.id === id);
  if (!rule) return { id };
  return {
    id,
    shortDescription: { text: rule.finds },
    help: { text: rule.advice },
    defaultConfiguration: { level: rule.severity },
  };
}

function unreadable({ file }: CheckedFile) {
  return { level: 'error', message: { text: `${file} could not be read` } };
}

/** A relative path stays relative, to the root that the reader of the log knows (SARIF 2.1.0 §3.4.3). */
function uriOf(file: string): string {
  if (/^https?:\/\//i.test(file)) return file;
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(sep).map(encodeURIComponent).join('/');
}
