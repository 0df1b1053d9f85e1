import type { Severity } from '../../documents/index.js';
import type { CheckFormat } from './checked-file.js';

/** `{documents: [{file, readable, counts, findings, diagnostics}]}`: counts of examples by class, of findings by severity. */
export const json: CheckFormat = (files) => {
  const documents = files.map(({ file, readable, examples, diagnostics }) => {
    const of = (severity: Severity) => diagnostics.filter((found) => found.severity === severity).length;
    return {
      file,
      readable,
      counts: examples,
      findings: { error: of('error'), warning: of('warning'), note: of('note') },
      diagnostics: diagnostics.map(({ place, severity, rule, message, advice, pointer }) => ({
        ...place,
        severity,
        rule,
        message,
        ...(advice !== undefined && { advice }),
        ...(pointer !== undefined && { pointer }),
      })),
    };
  });
  return `${JSON.stringify({ documents }, undefined, 2)}\n`;
};
