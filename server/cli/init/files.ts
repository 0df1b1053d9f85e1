import { dirname } from 'node:path/posix';

interface Project {
  /** From the project's folder, with slashes. */
  readonly document: string;
  /** Of standin. */
  readonly version: string;
  /** Whether there are a package.json, and a package-lock.json. */
  readonly hasPackage: boolean;
  readonly hasLock: boolean;
}

interface ProjectFile {
  readonly file: string;
  /** What it is, in a line. */
  readonly is: string;
  readonly document: string;
  readonly text: string;
}

/** The files that a project needs to use standin for a document. */
export function filesFor(project: Project): readonly ProjectFile[] {
  const { document } = project;
  return [
    { file: 'standin.config.yaml', is: 'configuration of the contract tests', text: configuration(project) },
    { file: 'contract.test.mjs', is: 'contract tests: node --test contract.test.mjs', text: contractTest(project) },
    { file: 'compose.standin.yaml', is: 'docker compose -f compose.standin.yaml up --wait', text: compose(project) },
    { file: '.github/workflows/contract.yml', is: 'the same checks on GitHub', text: workflow(project) },
  ].map((file) => ({ ...file, document }));
}

/** JSON strings are YAML and JavaScript, too. */
const quoted = (text: string) => JSON.stringify(text);

const configuration = ({ document }: Project) => `# What standin knows this API by.
documents: [${quoted(document)}]
test:
  # The same made-up values in each run.
  seed: '1'
  report: { junit: reports/contract.xml }
`;

const contractTest = ({
  document,
}: Project) => `// Proves each status and example that ${document.replace(/[^\w./ -]/g, '_')} documents. Run it with: node --test contract.test.mjs
// CONTRACT_BASE_URL=http://localhost:3000 runs the same cases on a server; without, they run on a stand-in of its own, which proves
// that the document can be kept.
import { after, before, describe, test } from 'node:test';
import { compile, loadDescriptions } from 'standin';
import { describeContract, inspectTarget } from 'standin/contracts';

// What describeContract calls them.
Object.assign(globalThis, { describe, test, beforeAll: before, afterAll: after });

const documents = [${quoted(document)}];
const server = process.env.CONTRACT_BASE_URL;
const target = server && (await inspectTarget(server, loadDescriptions(documents).map(compile)));

describeContract({ documents, seed: '1', ...(target && { target }) });
`;

/** The document alone is mounted, and what it refers to beside it. */
function compose({ document, version }: Project): string {
  const folder = dirname(document);
  const mounted = folder === '.' ? '.' : `./${folder}`;
  return `# docker compose -f compose.standin.yaml up --wait      the mock, at http://localhost:4010
services:
  standin:
    image: node:24-slim
    init: true
    working_dir: /api
    command: ["npx", "--yes", "standin@^${version}", "mock", ${quoted(document)}]
    environment:
      HOST: 0.0.0.0
      PORT: 4010
      # With a token /_standin can be used to watch and steer.
      STANDIN_CONTROL: with-token
      STANDIN_CONTROL_TOKEN:
      STANDIN_LOG: pretty
    ports:
      - "\${STANDIN_PORT:-4010}:4010"
    volumes:
      - ${quoted(`${mounted}:/api${folder === '.' ? '' : `/${folder}`}:ro`)}
    healthcheck:
      test: ["CMD", "node", "-e", "fetch('http://127.0.0.1:4010/_standin/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
      interval: 2s
      timeout: 3s
      retries: 15
      start_period: 60s
`;
}

const workflow = ({ document, version, hasPackage, hasLock }: Project) => `name: contract
on: [push, pull_request]
permissions:
  contents: read
jobs:
  contract:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
${hasPackage ? `      - run: ${hasLock ? 'npm ci' : 'npm install'}\n` : ''}      - run: npm install --no-save standin@^${version}
      - run: npx standin check --format github ${shellWord(document)}
      - run: node --test contract.test.mjs
`;

/** As a shell takes it for one word, whatever is in it. */
export const shellWord = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
