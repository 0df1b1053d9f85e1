import { explainReport } from '../explain.js';
import type { InputRow } from '../inputs.js';
import type { MatrixRow } from '../matrix.js';
import type { CaseReport, Coverage, ExchangeReport, RunReport, Share } from '../run-report.js';
import { formatIncomplete } from '../summary.js';
import { html, type Markup } from './markup.js';
import { script, style } from './page-parts.js';

/** One page that needs nothing else, neither network nor server: failures first, then what is covered, then each case. */
export function htmlPage(report: RunReport): string {
  const failed = report.results.filter(({ verdict, known }) => verdict === 'violated' && !known);
  const known = report.results.filter((result) => result.known);
  const title = `${report.incomplete ? 'Incomplete: ' : ''}${failed.length === 0 ? (report.incomplete ? 'nothing violated so far' : 'Proved') : `${failed.length} violated`}: ${report.apis.map(({ name }) => name).join(', ')}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${report.apis.map(({ title: name, version, file }) => html`<span>${name} ${version} <code>${file}</code></span> `)}</p>
<p>${report.target.kind === 'standin' ? 'a stand-in' : 'a service'} at <code>${report.target.url}</code>, ${report.startedAt}, ${(report.elapsedMs / 1000).toFixed(1)} s, ${report.summary.requests} requests, standin ${report.standin}${report.seed === undefined ? '' : html`, seed <code>${report.seed}</code>`}</p>
${report.incomplete && html`<p class="violated"><b>${formatIncomplete(report)}</b></p>`}
${figures(report)}
</header>
<main>
${failed.length > 0 && html`<section id="failures"><h2>Violated</h2>${failed.map(failure)}</section>`}
${known.length > 0 && html`<section id="known"><h2>Known (in the baseline)</h2>${known.map(failure)}</section>`}
${notProvokable(report)}
${coverage(report.coverage)}
${statuses(report.matrix)}
${inputs(report.inputs)}
${drift(report)}
${cases(report.results)}
</main>
<script>${{ markup: script }}</script>
</body>
</html>
`;
  return page.markup;
}

function figures({ summary, cases: total, coverage: { percent } }: RunReport): Markup {
  const figure = (name: string, value: number | string, kind: string) =>
    html`<li class="${kind}"><b>${value}</b> ${name}</li>`;
  return html`<ul class="figures">${[
    figure('cases', total, 'all'),
    figure('proved', summary.proved, 'proved'),
    figure('violated', summary.violated, 'violated'),
    figure('known', summary.known, 'known'),
    figure('not provokable', summary.notProvokable, 'open'),
    figure('of the documented statuses', `${percent} %`, 'all'),
  ]}</ul>`;
}

function failure(result: CaseReport): Markup {
  const { id, operation, method, path, kind, findings, expected, found, place, curl, exchanges } = result;
  return html`<details class="case ${classOf(result)}" open data-case data-kind="${kind}" data-operation="${operation}">
<summary><span class="mark">${method}</span> <b>${operation}</b> ${path} <span class="title">${result.title}</span></summary>
<ul>${findings.map(({ message, at, kind: about }) => html`<li><code>${about}${at ? ` ${at}` : ''}</code> ${message}</li>`)}</ul>
<dl><dt>case</dt><dd>${id}</dd><dt>expected</dt><dd>${expected}</dd>${found !== undefined && html`<dt>got</dt><dd>${found}</dd>`}
<dt>promised</dt><dd><code>${place.file}:${place.line}:${place.column}</code></dd></dl>
${curl !== undefined && html`<pre class="curl">${curl}</pre>`}
${exchanges.map(exchange)}
</details>
`;
}

function exchange({ request, response, elapsedMs }: ExchangeReport): Markup {
  const head = (headers: ExchangeReport['request']['headers']) =>
    headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return html`<details class="exchange"><summary>${request.method} ${request.url} ${arrow} ${response?.status ?? 'no answer'} (${Math.round(elapsedMs)} ms)</summary>
<pre>${head(request.headers)}${request.body === undefined ? '' : `\n\n${request.body}`}</pre>
${response && html`<pre>${head(response.headers)}\n\n${response.encoding ? `(${response.size} bytes)` : response.body}</pre>`}
</details>`;
}

function notProvokable({ summary: { notProvokableBy } }: RunReport): Markup | undefined {
  if (notProvokableBy.length === 0) return undefined;
  return html`<section><h2>Not provokable</h2><table><thead><tr><th>cases</th><th>why</th></tr></thead><tbody>
${notProvokableBy.map(({ why, cases: count }) => html`<tr><td>${count}</td><td>${why}</td></tr>`)}</tbody></table></section>`;
}

function coverage(shares: Coverage): Markup {
  const rows: readonly (readonly [string, Share])[] = [
    ['statuses', shares.statuses],
    ['media types', shares.mediaTypes],
    ['examples', shares.examples],
    ['parameters and bodies', shares.parameters],
    ['their keywords', shares.keywords],
  ];
  return html`<section><h2>Coverage</h2><table><thead><tr><th></th><th>proved</th><th>documented</th><th></th></tr></thead><tbody>
${rows.map(
  ([name, { proved, documented }]) =>
    html`<tr><th>${name}</th><td>${proved}</td><td>${documented}</td><td><meter min="0" max="${documented || 1}" value="${proved}"></meter></td></tr>`,
)}</tbody></table></section>`;
}

function statuses(matrix: readonly MatrixRow[]): Markup {
  return html`<section id="matrix"><h2>Operation ${times} status ${times} media type ${times} example</h2>
<table><thead><tr><th>API</th><th>operation</th><th>status</th><th>media type</th><th>example</th><th>verdict</th><th>why</th></tr></thead><tbody>
${matrix.flatMap((row) =>
  partsOf(row).map(
    ([mediaType, example, verdict], index) =>
      html`<tr data-row data-operation="${row.operation}" class="${kindOf(verdict)}"><td>${row.api}</td><td>${row.operation}</td><td>${row.isDocumented ? row.status : `(${row.status})`}</td><td>${mediaType}</td><td>${example}</td><td class="verdict">${verdict}</td><td>${index === 0 ? row.why.join('; ') : ''}</td></tr>
`,
  ),
)}</tbody></table></section>`;
}

/** The row itself, and what it has below. */
function partsOf({ verdict, mediaTypes }: MatrixRow): (readonly [string, string, string])[] {
  const below = mediaTypes.flatMap(({ mediaType, verdict: own, examples }) => [
    [mediaType, '', own] as const,
    ...examples.map(({ name, verdict: its }) => [mediaType, name, its] as const),
  ]);
  return [['', '', verdict], ...below];
}

function inputs(rows: readonly InputRow[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const keywords = [...new Set(rows.flatMap((row) => row.keywords.map(({ keyword }) => keyword)))];
  return html`<section id="inputs"><h2>Parameters and bodies ${times} keywords</h2>
<table><thead><tr><th>API</th><th>operation</th><th>in</th><th>name</th>${keywords.map((keyword) => html`<th>${keyword}</th>`)}</tr></thead><tbody>
${rows.map(
  (
    row,
  ) => html`<tr data-row data-operation="${row.operation}"><td>${row.api}</td><td>${row.operation}</td><td>${row.in}</td><td>${row.name}</td>${keywords.map(
    (keyword) => {
      const own = row.keywords.find((one) => one.keyword === keyword);
      return own
        ? html`<td class="${kindOf(own.verdict)}" title="${own.verdict}">${marks[own.verdict]}</td>`
        : html`<td></td>`;
    },
  )}</tr>
`,
)}</tbody></table><p>${marks.proved} proved, ${marks.violated} violated, ${marks['not provokable']} not provokable, ${marks.untried} not tried</p></section>`;
}

/** Not in the templates: what a tag is given cannot be escaped, and the built program is in ASCII. */
const [arrow, times] = ['→', '×'];
const marks = { proved: '✓', violated: '✗', 'not provokable': '○', untried: '·' } as const;

function drift({ drift: rows }: RunReport): Markup | undefined {
  if (rows.length === 0) return undefined;
  return html`<section id="drift"><h2>Drift</h2><table><thead><tr><th>API</th><th>operation</th><th>status</th><th>media type</th><th>answers</th><th>not documented</th><th>never observed</th></tr></thead><tbody>
${rows.map(
  ({ api, operation, status, mediaType, answers, undocumented, unobserved }) =>
    html`<tr data-row data-operation="${operation}"><td>${api}</td><td>${operation}</td><td>${status}</td><td>${mediaType}</td><td>${answers}</td><td><code>${undocumented.join(' ')}</code></td><td><code>${unobserved.join(' ')}</code></td></tr>
`,
)}</tbody></table></section>`;
}

function cases(results: readonly CaseReport[]): Markup {
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  const verdicts = ['violated', 'known', 'proved', 'open'];
  return html`<section id="cases"><h2>Cases</h2>
<form class="filter" role="search"><input type="search" name="text" placeholder="operation, path, status, text" aria-label="search">
<select name="verdict" aria-label="verdict"><option value="">any verdict</option>${verdicts.map((verdict) => html`<option value="${verdict}">${verdict === 'open' ? 'not provokable' : verdict}</option>`)}</select>
<select name="kind" aria-label="kind"><option value="">any kind</option>${kinds.map((kind) => html`<option>${kind}</option>`)}</select>
<output></output></form>
<table><thead><tr><th>verdict</th><th>operation</th><th>kind</th><th>case</th><th>expected</th><th>ms</th></tr></thead><tbody>
${results.map(
  (result) =>
    html`<tr data-row data-verdict="${classOf(result)}" data-kind="${result.kind}" class="${classOf(result)}"><td class="verdict">${result.known ? 'known' : result.verdict}</td><td>${result.operation}</td><td>${result.kind}</td><td title="${result.verdict === 'violated' ? explainReport(result) : result.id}">${result.title}${result.why !== undefined && html` <i>${result.why}</i>`}</td><td>${result.expected}</td><td>${Math.round(result.elapsedMs)}</td></tr>
`,
)}</tbody></table></section>`;
}

function classOf({ verdict, known }: CaseReport): string {
  return known ? 'known' : kindOf(verdict);
}

function kindOf(verdict: string): string {
  return verdict === 'not provokable' || verdict === 'untried' ? 'open' : verdict;
}
