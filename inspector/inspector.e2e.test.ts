import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { postJson } from '../server/testing/post-json.js';
import { type RunningCli, startMock } from '../server/testing/run-cli.js';
import { accessibilityFaults } from './testing/accessibility.js';
import { hasBrowser, sayIfNoBrowser, startBrowser } from './testing/browser.js';

jest.setTimeout(120_000);
sayIfNoBrowser('the inspector');

const user = { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' };

/** Where pictures for the documentation are put; without, none are taken. */
const { SCREENSHOTS: pictures } = process.env;

(hasBrowser ? describe : describe.skip)('the inspector', () => {
  let mock: RunningCli;
  let browser: Browser;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    [mock, browser] = await Promise.all([startMock(['specs']), startBrowser()]);
  });
  afterEach(async () => {
    await context?.close();
    context = undefined;
  });
  afterAll(async () => {
    await browser?.close();
    await mock?.stop();
  });

  interface Opening {
    readonly session?: string;
    readonly at?: string;
    readonly url?: string;
    readonly options?: Parameters<Browser['newContext']>[0];
  }

  /** Opens a view in a browser of its own, which reaches nothing but standin, and fails with what the page complains of. */
  const open = async (view: string, { session = '', url = mock.url, options = {} }: Opening = {}) => {
    context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) elsewhere.push(request.url());
    });
    if (session !== '') {
      await page.goto(`${url}/_standin/`);
      await page.evaluate((id) => sessionStorage.setItem('standin-session', id), session);
    }
    await page.goto(`${url}/_standin/#/${view}`);
    if (session !== '') await page.reload();
    return { page, complaints, elsewhere };
  };
  const create = (session: string, body: unknown = user, headers: Record<string, string> = {}) =>
    postJson(`${mock.url}/user-service/users`, body, {
      Authorization: 'Bearer x',
      'Standin-Session': session,
      ...headers,
    });
  const control = async (session: string, path: string, init: RequestInit = {}) =>
    fetch(`${mock.url}/_standin/${path}`, { ...init, headers: { 'Standin-Session': session } });
  const requests = (page: Page) => page.getByRole('listbox').getByRole('option');
  const told = (page: Page) => page.getByRole('status');
  const picture = async (page: Page, name: string) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${name}.png` });
  };
  const forPictures = { viewport: { width: 1000, height: 540 } };

  test('has all it needs with it, under a policy that allows nothing else', async () => {
    const answer = await fetch(`${mock.url}/_standin/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    const { page, complaints, elsewhere } = await open('apis');
    for (const view of ['APIs', 'Traffic', 'State', 'Coverage', 'Next reply']) {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
      await page.getByRole('main', { name: view }).waitFor();
    }
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  describe('APIs', () => {
    test('an operation is found, read, sent with what is filled in, and copied', async () => {
      const { page } = await open('apis', { session: 'try', options: forPictures });
      await page.getByRole('searchbox', { name: 'Filter operations' }).fill('user-service createUser');
      await page.getByRole('link', { name: 'POST /users' }).click();
      await page.getByRole('heading', { name: 'POST /users' }).waitFor();
      await page.locator('summary').getByText('400', { exact: true }).click();
      await page.getByRole('heading', { name: 'email_in_use application/json' }).waitFor();
      await page.locator('summary').getByText('400', { exact: true }).click();
      await page.getByRole('button', { name: 'Send' }).click();
      const answer = page.getByRole('region', { name: 'Answer', exact: true });
      await answer.getByText('201', { exact: true }).waitFor();
      expect(await answer.getByRole('region', { name: 'Body of the answer' }).innerText()).toContain('"userId": 1');
      await picture(page, 'apis');
      await page.getByRole('button', { name: 'Send' }).click();
      await answer.getByText('400', { exact: true }).waitFor();

      await page.getByRole('button', { name: 'Copy as curl' }).click();
      const curl = await page.evaluate(() => navigator.clipboard.readText());
      expect(curl).toContain(`curl -i -X POST '${mock.url}/user-service/users'`);
      expect(curl).toContain("-H 'Authorization: Bearer standin'");
      await page.getByRole('button', { name: 'Copy as fetch' }).click();
      const code = await page.evaluate(() => navigator.clipboard.readText());
      const { status } = await new Function(`return (async () => ${code.replace(/;$/, '')})()`)();
      expect(status).toBe(400);
    });

    test('a certain reply is asked for', async () => {
      const { page } = await open('apis/user-service/createUser', { session: 'prefer' });
      await page.getByRole('combobox', { name: 'Reply' }).selectOption('403 forbidden');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('region', { name: 'Answer', exact: true }).getByText('403', { exact: true }).waitFor();
    });

    test('parameters are written as the document has them', async () => {
      const { page } = await open('apis/user-service/readUser', { session: 'parameters' });
      const operations = (await (await control('', 'apis/user-service/operations')).json()) as {
        operations: { id: string; method: string; path: string }[];
      };
      const id = operations.operations.find(({ method, path }) => method === 'GET' && path === '/users/{userId}')?.id;
      await create('parameters');
      await page.goto(`${mock.url}/_standin/#/apis/user-service/${id}`);
      await page.getByRole('textbox', { name: /^userId/ }).fill('1');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('region', { name: 'Answer', exact: true }).getByText('"Ada"').waitFor();
    });

    test('open problems of a document are listed with their places', async () => {
      const { page } = await open('apis/joyfill');
      await page.getByText(/^\d+ open problems$/).waitFor();
      expect(await page.getByRole('main').innerText()).toMatch(/specs\/joyfill\/openapi\.yaml:\d+:\d+/);
    });
  });

  describe('Traffic', () => {
    test('requests are shown as they come, with why they got their replies, and what was wrong with them', async () => {
      const session = 'live';
      const { page } = await open('traffic', { session, options: forPictures });
      await page.getByText('No requests yet').waitFor();
      await create(session);
      await requests(page).first().getByText('201').waitFor();
      await create(session);
      await create(session, { ...user, contactEmail: 'no address', lastName: undefined });
      await fetch(`${mock.url}/user-service/nothing`, { headers: { 'Standin-Session': session } });
      await requests(page).nth(3).waitFor();
      expect(await requests(page).allInnerTexts()).toEqual([
        expect.stringMatching(/GET.*nothing.*404.*undocumented/s),
        expect.stringMatching(/POST.*400.*invalid.*condition/s),
        expect.stringMatching(/POST.*400.*valid/s),
        expect.stringMatching(/POST.*201.*valid.*state/s),
      ]);
      await requests(page).nth(1).click();
      const article = page.getByRole('article');
      await article.getByText('createUser of user-service').waitFor();
      expect(await article.innerText()).toMatch(/a condition held \(request-invalid\), from the example "\w+"/);
      const body = article.getByRole('region', { name: 'Request body' });
      expect(await body.locator('.wrong').allInnerTexts()).toEqual([
        expect.stringMatching(/^\{ ← \/lastName is required/),
        ...((await body.locator('.wrong').count()) > 1 ? [expect.stringContaining('/contactEmail')] : []),
      ]);
      await article.getByRole('heading', { name: 'Request', exact: true }).scrollIntoViewIfNeeded();
      await body.scrollIntoViewIfNeeded();
      await picture(page, 'traffic');

      await page.getByRole('searchbox', { name: 'Filter' }).fill('post 201');
      await page.getByText('1 of 4').waitFor();
      await page.getByRole('searchbox', { name: 'Filter' }).fill('');
      await page.getByRole('combobox', { name: 'Verdict' }).selectOption('undocumented');
      await page.getByText('1 of 4').waitFor();
    });

    test('a request is replayed with a credential in the place of the hidden one', async () => {
      const session = 'replay';
      await create(session);
      const { page } = await open('traffic/1', { session });
      await page.getByRole('button', { name: 'Replay' }).click();
      await told(page).getByText('Replayed: 400').waitFor();
      await requests(page).nth(1).waitFor();
      expect(await requests(page).first().innerText()).toMatch(/400.*valid.*condition/s);
    });

    test('the traffic is exported as HAR, and cleared', async () => {
      const session = 'har';
      await create(session);
      const { page } = await open('traffic', { session });
      await requests(page).first().waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export HAR' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('standin.har');
      const { log } = JSON.parse(readFileSync(await download.path(), 'utf8'));
      expect(log).toMatchObject({ version: '1.2', entries: [{ request: { method: 'POST' } }] });
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByText('No requests yet').waitFor();
      await create(session);
      await requests(page).first().getByText('400').waitFor();
    });

    test('ten thousand requests have a few rows in the page, and each can be reached', async () => {
      const session = 'many';
      const ask = async () => {
        for (let count = 0; count < 400; count++)
          await fetch(`${mock.url}/user-service/users`, { headers: { 'Standin-Session': session } });
      };
      await Promise.all(Array.from({ length: 25 }, ask));
      const { page } = await open('traffic', { session });
      await page.getByText('10000 of 10000').waitFor();
      expect(await requests(page).count()).toBeLessThan(100);
      await page.getByRole('listbox').focus();
      await page.keyboard.press('End');
      await page.locator('[role=option][aria-selected=true][aria-posinset="10000"]').waitFor();
      expect(await requests(page).count()).toBeLessThan(100);
      const before = await page.getByRole('listbox').evaluate((element) => element.scrollTop);
      await create(session);
      // The oldest goes, so that as many are above as before.
      await expect(page.getByRole('listbox').evaluate((element) => element.scrollTop)).resolves.toBeLessThanOrEqual(
        before + 36,
      );
      await page.keyboard.press('Home');
      await requests(page).first().getByText('201').waitFor();
    });

    test('it goes on when the session begins anew', async () => {
      const session = 'anew';
      await create(session);
      const { page } = await open('traffic', { session });
      await requests(page).first().waitFor();
      await control(session, 'reset', { method: 'POST' });
      await page.getByText('No requests yet').waitFor();
      await create(session);
      await requests(page).first().getByText('201').waitFor();
    });
  });

  describe('State', () => {
    test('items are added, edited, compared with the start, deleted and reset', async () => {
      const session = 'items';
      await create(session);
      const { page } = await open('state', { session, options: forPictures });
      await page
        .getByRole('navigation', { name: 'Collections' })
        .getByRole('link', { name: /user-service/ })
        .click();
      await page.getByRole('row', { name: /Ada/ }).waitFor();
      await page.getByRole('button', { name: 'Edit 1' }).click();
      await page
        .getByRole('textbox', { name: 'Item 1' })
        .fill(JSON.stringify({ ...user, userId: 1, firstName: 'Grace' }));
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('cell', { name: 'Grace' }).waitFor();

      await page.getByRole('button', { name: 'Add item' }).click();
      await page.getByRole('textbox', { name: 'New item' }).fill('{"userId":1}');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').getByText('is that of an item before it').waitFor();
      const other = { userId: 7, firstName: 'Alan', lastName: 'Turing', contactEmail: 'alan@example.com' };
      await page.getByRole('textbox', { name: 'New item' }).fill(JSON.stringify(other));
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('cell', { name: 'Alan', exact: true }).waitFor();
      await picture(page, 'state');
      const users = `${mock.url}/user-service/users`;
      const headers = { Authorization: 'Bearer x', 'Standin-Session': session };
      expect(await (await fetch(`${users}/7`, { headers })).json()).toMatchObject(other);

      await page.getByRole('button', { name: 'Diff against the start' }).click();
      const differences = page.getByRole('list', { name: 'Differences' });
      expect(await differences.innerText()).toMatch(/\+ 1 added.*Grace.*\+ 7 added/s);
      await page.getByRole('button', { name: 'Diff against the start' }).click();
      await page.getByRole('button', { name: 'Delete 1' }).click();
      await page.getByRole('cell', { name: 'Grace' }).waitFor({ state: 'detached' });
      expect((await fetch(`${users}/1`, { headers })).status).toBe(404);
      await page.getByRole('button', { name: 'Reset collection' }).click();
      await page.getByText('There are no items.').waitFor();
    });

    test('what a request has changed meanwhile is not overwritten', async () => {
      const session = 'meanwhile';
      await create(session);
      const { page } = await open('state/user-service/users', { session });
      await page.getByRole('button', { name: 'Edit 1' }).click();
      const changed = { items: [{ ...user, userId: 1, firstName: 'Grace' }] };
      await fetch(`${mock.url}/_standin/collections/user-service/users`, {
        method: 'PUT',
        headers: { 'Standin-Session': session, 'Content-Type': 'application/json' },
        body: JSON.stringify(changed),
      });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').getByText('was changed by a request meanwhile').waitFor();
    });

    test('a snapshot is saved, and restored', async () => {
      const session = 'snapshot';
      await create(session);
      const { page } = await open('state/user-service/users', { session });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Snapshot' }).click(),
      ]);
      const file = await download.path();
      await page.getByRole('button', { name: 'Begin session anew' }).click();
      await page.getByText('There are no items.').waitFor();
      await page.getByLabel('Restore…').setInputFiles(file);
      await page.getByRole('row', { name: /Ada/ }).waitFor();
    });

    test('a collection that is partitioned is shown for the values that are asked for, with what differs from its start', async () => {
      const { page } = await open('state/prelude/users', { session: 'scoped' });
      await page.getByRole('textbox', { name: 'appID' }).fill('54e9ujn');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByRole('heading', { name: 'users 54e9ujn' }).waitFor();
      await page.goto(`${mock.url}/_standin/#/state/prelude/apps`);
      await page
        .getByRole('button', { name: /^Delete / })
        .first()
        .click();
      await page.getByRole('button', { name: 'Diff against the start' }).click();
      await page.getByRole('list', { name: 'Differences' }).getByText('removed').waitFor();
    });
  });

  describe('Coverage', () => {
    test('the traffic colours what it met, as it comes', async () => {
      const session = 'met';
      const { page } = await open('coverage', { session, options: forPictures });
      const matrix = page.getByRole('region', { name: 'Coverage of user-service' });
      const row = matrix.getByRole('row', { name: /POST \/users/ });
      await row.getByText('never met').first().waitFor();
      await create(session);
      await row.getByText('met 1×').waitFor();
      await create(session);
      await row.getByRole('listitem').filter({ hasText: 'email_in_use' }).getByText('met 1×').waitFor();
      await matrix.scrollIntoViewIfNeeded();
      await picture(page, 'coverage');
      await page.getByRole('checkbox', { name: 'only what is missing' }).check();
      await row.waitFor();
      await page.getByRole('button', { name: 'Clear counts' }).click();
      await row.getByText('met 1×').first().waitFor({ state: 'detached' });
    });

    test('the report of a contract run is dropped on it, and what is no report is refused', async () => {
      const { page } = await open('coverage', { session: 'report' });
      await page.getByRole('region', { name: 'Coverage of user-service' }).waitFor();
      const row = { api: 'user-service', operation: 'createUser', isDocumented: true, why: [] };
      const report = {
        matrix: [
          { ...row, status: '201', verdict: 'proved' },
          {
            ...row,
            status: '400',
            verdict: 'violated',
            mediaTypes: [{ mediaType: 'application/json', examples: [{ name: 'email_in_use', verdict: 'proved' }] }],
          },
          { ...row, status: '500', verdict: 'not provokable', why: ['nothing leads to it'] },
        ],
      };
      const drop = (name: string, text: string) =>
        page.getByRole('heading', { name: 'Coverage' }).evaluate(
          (element, [file, content]) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([content as string], file as string));
            element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
          },
          [name, text],
        );
      await drop('package.json', '{"name":"x"}');
      await page.getByRole('alert').getByText('package.json: this is no report of a contract run').waitFor();
      await drop('contract.json', JSON.stringify(report));
      const shown = page.getByRole('row', { name: /POST \/users/ });
      await shown.getByText('violated').waitFor();
      expect(await shown.innerText()).toMatch(/✓ proved.*✗ violated.*email_in_use ✓ proved.*– not provokable/s);
      await page.getByRole('radio', { name: 'traffic' }).check();
      await shown.getByText('never met').first().waitFor();
    });
  });

  describe('Next reply', () => {
    test('a reply is forced once, or always until it is deleted', async () => {
      const session = 'forced';
      const { page } = await open('next', { session, options: { viewport: { width: 1000, height: 700 } } });
      await page.getByRole('combobox', { name: 'API' }).selectOption('user-service');
      await page.getByRole('combobox', { name: 'Operation' }).selectOption('createUser');
      await page.getByRole('combobox', { name: 'Reply' }).selectOption('400 email_in_use');
      await page.getByRole('spinbutton', { name: 'Delay in milliseconds' }).fill('1');
      await page.getByRole('button', { name: 'Force it' }).click();
      const list = page.getByRole('list', { name: 'Forced replies' });
      await list.getByText('400 email_in_use, after 1 ms, once').waitFor();
      await picture(page, 'next-reply');
      expect((await create(session)).status).toBe(400);
      await page.getByText('Nothing is forced').waitFor();
      expect((await create(session)).status).toBe(201);

      await page.getByRole('combobox', { name: 'Reply' }).selectOption('500 server_error');
      await page.getByRole('radio', { name: 'always' }).check();
      await page.getByRole('button', { name: 'Force it' }).click();
      await list.getByText('always').waitFor();
      for (let count = 0; count < 2; count++) expect((await create(session)).status).toBe(500);
      await page.getByRole('button', { name: /^Delete 500 server_error/ }).click();
      await page.getByText('Nothing is forced').waitFor();
      expect((await create(session)).status).toBe(400);
    });
  });

  test('a reply is forced several times, for the requests that are meant', async () => {
    const session = 'meant';
    const { page } = await open('next/user-service/createUser', { session });
    await page.getByRole('combobox', { name: 'Reply' }).selectOption('500 server_error');
    await page.getByRole('radio', { name: 'several times' }).check();
    await page.getByRole('spinbutton', { name: 'How many times' }).fill('2');
    await page.getByRole('button', { name: 'Only some requests…' }).click();
    const first = page.getByRole('group', { name: 'Requirement 1' });
    await first.getByLabel('Where').selectOption('body, at');
    await first.getByLabel('JSON Pointer or member').fill('firstName');
    await first.getByLabel('Value').fill('Eve');
    await page.getByRole('button', { name: 'And…' }).click();
    const second = page.getByRole('group', { name: 'Requirement 2' });
    await second.getByLabel('Where').selectOption('a condition:');
    await second.getByLabel('Condition').fill('$request.body#/lastName ==');
    await page.getByRole('button', { name: 'Force it' }).click();
    await page.getByRole('alert').getByText('is not a condition').waitFor();
    await second.getByRole('button', { name: 'Remove requirement 2' }).click();
    await page.getByRole('button', { name: 'Force it' }).click();
    const list = page.getByRole('list', { name: 'Forced replies' });
    await list.getByText("500 server_error, where $request.body#/firstName == 'Eve', 2 times").waitFor();
    expect((await create(session)).status).toBe(201);
    expect((await create(session, { ...user, firstName: 'Eve' })).status).toBe(500);
    await list.getByText('once').waitFor();
    expect((await create(session, { ...user, firstName: 'Eve' })).status).toBe(500);
    await page.getByText('Nothing is forced').waitFor();
  });

  test('in a narrow window the list folds for what is chosen from it', async () => {
    const { page } = await open('apis', { options: { viewport: { width: 375, height: 700 } } });
    await page.getByRole('link', { name: 'POST /v2/session/apps/{appID}/users' }).click();
    await page.getByRole('heading', { name: '/v2/session/apps/{appID}/users' }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter operations' }).waitFor({ state: 'hidden' });
    const { y = 700 } = (await page.getByRole('heading', { level: 1 }).boundingBox()) ?? {};
    expect(y).toBeLessThan(300);
    await page.locator('summary').getByText('Operations', { exact: true }).click();
    await page.getByRole('searchbox', { name: 'Filter operations' }).waitFor();
  });

  test('a session is chosen, and only what is its own is shown', async () => {
    await create('one-of-two');
    const { page } = await open('traffic', { session: 'two-of-two' });
    await page.getByText('No requests yet').waitFor();
    await page.getByRole('combobox', { name: 'Session' }).fill('one-of-two');
    await page.keyboard.press('Enter');
    await requests(page).first().getByText('201').waitFor();
  });

  test('a control token is asked for once, and is in no URL', async () => {
    const guarded = await startMock(['specs'], { env: { STANDIN_CONTROL_TOKEN: 'hush' } });
    try {
      const { page } = await open('traffic', { url: guarded.url });
      const urls: string[] = [];
      page.on('request', (request) => urls.push(request.url()));
      const dialog = page.getByRole('dialog', { name: 'Control token' });
      await dialog.getByLabel('Token', { exact: true }).fill('wrong');
      await page.keyboard.press('Enter');
      await dialog.getByText('That was not the token').waitFor();
      await dialog.getByLabel('Token', { exact: true }).fill('hush');
      await dialog.getByRole('button', { name: 'Use token' }).click();
      await page.getByText('● live').waitFor();
      expect(await dialog.count()).toBe(0);
      await page.reload();
      await page.getByText('● live').waitFor();
      expect([...urls, page.url()].filter((url) => url.includes('hush'))).toEqual([]);
    } finally {
      await guarded.stop();
    }
  });

  describe('for everybody', () => {
    test('what is checked below is found where it is missing', async () => {
      const { page } = await open('apis');
      await page.goto('about:blank');
      await page.setContent(
        '<!doctype html><button></button><p id=a style="color:#999;background:#fff">Pale</p><i id=a>x</i><p style="width:9999px">y',
      );
      expect(await accessibilityFaults(page)).toEqual([
        'a button has no name',
        'there is no main',
        'there is no navigation',
        '"Pale" has a contrast of 2.85',
        'a is the id of several',
        'there is no heading of the first level',
        expect.stringMatching(/^it is \d+ pixels wide in a window of/),
      ]);
    });

    test('all of it is reached without a mouse', async () => {
      const session = 'keys';
      await create(session);
      await create(session);
      const { page } = await open('apis', { session });
      const tabTo = async (name: string | RegExp, role: Parameters<Page['getByRole']>[0]) => {
        for (let count = 0; count < 60; count++) {
          await page.keyboard.press('Tab');
          const isThere = await page
            .getByRole(role, { name })
            .evaluateAll((elements) => elements.some((element) => element === document.activeElement));
          if (isThere) return;
        }
        throw new Error(`Tab leads to no ${role} ${name}`);
      };
      await page.getByRole('main', { name: 'APIs' }).waitFor();
      await tabTo('Skip to content', 'button');
      await tabTo('Traffic', 'link');
      await page.keyboard.press('Enter');
      await page.getByRole('main', { name: 'Traffic' }).waitFor();
      await requests(page).nth(1).waitFor();
      await tabTo('Requests, newest first', 'listbox');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.getByRole('article').getByText('201').first().waitFor();
      await tabTo('Replay', 'button');
      await page.keyboard.press('Enter');
      await told(page).getByText('Replayed: 400').waitFor();
    });

    test.each([
      ['light', 1120],
      ['dark', 1120],
      ['light', 360],
      ['dark', 360],
    ] as const)('names, roles and contrast are good, in %s at %d pixels', async (colorScheme, width) => {
      const session = `faults-${colorScheme}-${width}`;
      await create(session);
      await create(session, { ...user, contactEmail: 1 });
      await fetch(`${mock.url}/user-service/nothing`, { headers: { 'Standin-Session': session } });
      await fetch(`${mock.url}/_standin/forced`, {
        method: 'POST',
        headers: { 'Standin-Session': session, 'Content-Type': 'application/json' },
        body: JSON.stringify({ api: 'user-service', operation: 'createUser', status: 500 }),
      });
      const { page } = await open('apis', { session, options: { colorScheme, viewport: { width, height: 700 } } });
      const faults: string[] = [];
      for (const [view, sign] of [
        ['apis', 'Overview and problems'],
        ['apis/joyfill', /^\d+ open problems$/],
        ['apis/user-service/createUser', 'Copy as curl'],
        ['traffic/2', 'createUser of user-service'],
        ['state/user-service/users', 'Edit'],
        ['coverage', 'met 1×'],
        ['next', 'Delete all'],
      ] as const) {
        await page.goto(`${mock.url}/_standin/#/${view}`);
        await page.getByRole('main').getByText(sign).first().waitFor();
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${view}: ${fault}`));
      }
      expect(faults).toEqual([]);
    });
  });
});
