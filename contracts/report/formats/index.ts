import type { RunReport } from '../run-report.js';
import { ctrf } from './ctrf.js';
import { github } from './github.js';
import { har } from './har.js';
import { htmlPage } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';

/** What a report can be written as. `github` is for standard output, where GitHub looks for it; the others are files. */
export const reportFormats = { junit, html: htmlPage, json, github, har, ctrf } satisfies Record<
  string,
  (report: RunReport) => string
>;

export type ReportFormat = keyof typeof reportFormats;
