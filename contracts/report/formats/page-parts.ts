/** Of the HTML page. Colours follow the reader's system. */
export const style = `
:root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --line: #d4d9df; --soft: #f4f6f8; --good: #17693a; --bad: #b3261e; --known: #8a5a00; --open: #5b6570; }
@media (prefers-color-scheme: dark) { :root { --back: #14171a; --text: #e4e7ea; --line: #353b42; --soft: #1d2126; --good: #6cc58d; --bad: #ff8a80; --known: #e0b04c; --open: #9aa4ae; } }
body { margin: 0 auto; max-width: 90rem; padding: 1rem 1.5rem; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: .2em 0; } h2 { font-size: 1.15rem; margin: 2em 0 .5em; }
code, pre { font: 13px/1.45 ui-monospace, monospace; } pre { background: var(--soft); padding: .6em .8em; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: 4px; }
.figures { display: flex; flex-wrap: wrap; gap: 1.5rem; list-style: none; padding: 0; } .figures b { display: block; font-size: 1.6rem; }
.proved b, .proved .verdict, td.proved { color: var(--good); } .violated b, .violated .verdict, td.violated, .violated .mark { color: var(--bad); } .known b, .known .verdict { color: var(--known); } .open b, .open .verdict, td.open { color: var(--open); }
section { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .2rem .6rem; border-bottom: 1px solid var(--line); } thead th { position: sticky; top: 0; background: var(--soft); }
.case { border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 4px; margin: .6rem 0; padding: .4rem .8rem; } .case.known { border-left-color: var(--known); }
summary { cursor: pointer; } .mark { font: 13px ui-monospace, monospace; } .title { color: var(--open); } dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
.filter { display: flex; gap: .6rem; flex-wrap: wrap; margin: .6rem 0; } .filter input { flex: 1; min-width: 15rem; } .filter input, .filter select { font: inherit; padding: .3rem .5rem; background: var(--back); color: var(--text); border: 1px solid var(--line); border-radius: 4px; }
[hidden] { display: none; }
`;

/** Of the HTML page: what is typed and chosen hides each row and case that has nothing of it. */
export const script = `
const form = document.querySelector('.filter');
const rows = [...document.querySelectorAll('#cases [data-row]')];
const others = [...document.querySelectorAll('[data-case], #matrix [data-row], #inputs [data-row], #drift [data-row]')];
const texts = new Map([...rows, ...others].map((one) => [one, one.textContent.toLowerCase()]));
function filter() {
  const words = form.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const has = (one) => words.every((word) => texts.get(one).includes(word));
  let shown = 0;
  for (const row of rows) {
    row.hidden = !has(row) || (form.verdict.value && row.dataset.verdict !== form.verdict.value) || (form.kind.value && row.dataset.kind !== form.kind.value);
    if (!row.hidden) shown += 1;
  }
  for (const one of others) one.hidden = !has(one);
  form.querySelector('output').value = shown + ' of ' + rows.length;
}
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
filter();
`;
