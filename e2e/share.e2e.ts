/** The macro-plan leaves the page: seen as a table, copied, saved and printed, online or not. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { pdfPages } from './support/pdf-pages.ts';
import { Profile } from './support/profile.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { startTestHost, type TestHost } from './support/test-host.ts';

let host: TestHost;
let profile: Profile;
let screen: Screen;

beforeAll(async () => {
  host = await startTestHost();
  profile = await Profile.create(host.url, 'planner-a');
  screen = new Screen(await profile.open(`${APP}?macroplan-tab=share&macroplan-iteration=DR1`));
  await becomes(() => screen.chip(), 'Saved');
});

afterAll(async () => {
  await profile?.remove();
  await host?.close();
});

const preview = () => screen.page.frameLocator('.mp-share-preview');

/** What is on the clipboard, as a program would paste it. */
const clipboard = (type: string) =>
  screen.page.evaluate(async (wanted) => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType(wanted))?.text() ?? '';
  }, type);

test('the table shows every chapter of the iteration by day and hour', async () => {
  await preview().getByRole('columnheader', { name: 'Planned' }).first().waitFor();
  expect(await preview().getByRole('heading', { level: 1 }).innerText()).toContain('DR1');
  expect(await preview().getByRole('cell', { name: /^AB / }).count()).toBeGreaterThan(0);
});

test('copying gives HTML and plain text', async () => {
  await screen.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await screen.page.getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => clipboard('text/html').catch(() => '')).toContain('<table');
  expect(await clipboard('text/plain')).toMatch(/\r?\nAB\t/);
});

test('over plain http, where a page has no clipboard to write to, the same is copied', async () => {
  const { page } = screen;
  await page.setViewportSize({ width: 390, height: 800 });
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.evaluate(() => {
    const { clipboard } = navigator;
    Object.defineProperty(clipboard, 'write', {
      configurable: true,
      value: () => Promise.reject(new Error('insecure')),
    });
  });
  await page.getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => clipboard('text/html').catch(() => '')).toMatch(/>00<.*>23</s);
  expect(await clipboard('text/plain')).toMatch(/\r?\nAB\t/);
  await page.evaluate(() => Reflect.deleteProperty(navigator.clipboard, 'write'));
  await page.setViewportSize({ width: 1280, height: 720 });
});

test('saving gives the page that the preview shows', async () => {
  const [file] = await Promise.all([
    screen.page.waitForEvent('download'),
    screen.page.getByRole('button', { name: 'Save as file' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^DEMO-DR1-r\d+\.html$/);
  const html = await readFile(await file.path(), 'utf8');
  expect(html).toContain('<!doctype html>');
  expect(html).not.toMatch(/<script| src=/);
});

test('Ctrl+P prints the table, not the page around it', async () => {
  const { page } = screen;
  await page.locator('iframe.mp-share-preview').evaluate((frame: HTMLIFrameElement) => {
    const inside = frame.contentWindow as Window;
    inside.print = () => document.body.setAttribute('data-printed', inside.document.title);
  });
  await page.keyboard.press('Control+p');
  expect(await page.locator('body').getAttribute('data-printed')).toMatch(/^Core banking migration: /);
});

test('the browser’s menu prints the whole table too, on the paper that suits it, and nothing of the page around it', async () => {
  const { page } = screen;
  const pages = pdfPages(await page.pdf({ preferCSSPageSize: true }));
  const titles = [pages[0]?.text ?? '', pages.at(-1)?.text ?? ''];
  const all = pages.map(({ text }) => text).join(' ');
  expect(titles[0]).toMatch(/^Core banking migration: DR1/);
  expect([Math.round(pages[0]?.width ?? 0), Math.round(pages[0]?.height ?? 0)]).toEqual([842, 595]);
  const codes = await preview().locator('td:first-child').allInnerTexts();
  expect(codes.length).toBeGreaterThan(30);
  for (const code of codes) expect(all).toContain(code.split(' ')[0]);
  expect(all).not.toContain('Who gets mails');
  // Each page begins with its heading, as what the button prints does.
  for (const { text } of pages) expect(text).toMatch(/Chapter Team Planned/);
  expect(await page.locator('.mp-share-whole').count()).toBe(0);
});

test('printed from the menu with the page of Confluence around it the table is whole, as wide as its column', async () => {
  const page = await profile.open(`/confluence?macroplan-tab=share&macroplan-iteration=DR1`);
  await page.frameLocator('.mp-share-preview').getByRole('columnheader', { name: 'Planned' }).first().waitFor();
  const all = pdfPages(await page.pdf())
    .map(({ text }) => text)
    .join(' ');
  await page.close();
  expect(all).toContain('Text after the macro');
  expect(all).toMatch(/ AA Freeze .* Milestone IE Handover/);
  expect(all).toMatch(/Status 00 01 .* 22 23 /);
});

test('leadership sees gates and phases', async () => {
  await screen.page.getByRole('button', { name: 'Gates and phases' }).click();
  await expect.poll(() => preview().getByRole('cell', { name: /^AB / }).count()).toBe(0);
  expect(
    await preview()
      .getByRole('cell', { name: /^Gate / })
      .count(),
  ).toBeGreaterThan(0);
  expect(await preview().getByRole('row').count()).toBeLessThan(60);
  await screen.page.getByRole('button', { name: 'Every chapter' }).click();
});

test('what changed after a revision is marked, also with no network', async () => {
  await screen.page.getByLabel('Mark what changed after revision').fill('100000');
  await expect.poll(() => preview().getByText('marks what changed after revision 100000').count()).toBe(1);
  expect(await preview().getByText('(changed)', { exact: true }).count()).toBe(0);
  await profile.setOffline(true);
  await screen.page.getByLabel('Mark what changed after revision').fill('1');
  await expect.poll(() => preview().getByText('(changed)', { exact: true }).count()).toBeGreaterThan(0);
  await profile.setOffline(false);
});

test('a lead mails the table, and the outbox holds one mail an addressee', async () => {
  const setMail = (mode: string) =>
    host.database.admin.query(
      `select macroplan.begin_edit(plan_id, 'lead', 'Lead', null, null, null, 'Mail'),
         macroplan.write_row(plan_id, 'iterations', id, jsonb_build_object('mail_mode', $1::text))
       from macroplan.iterations where code = 'DR1'`,
      [mode],
    );
  await setMail('off');
  const lead = await Profile.create(host.url, 'lead');
  try {
    const page = new Screen(await lead.open(`${APP}?macroplan-tab=share&macroplan-iteration=DR1`));
    await becomes(() => page.chip(), 'Saved');
    const button = page.page.getByRole('button', { name: 'Send by mail…' });
    expect(await button.isDisabled()).toBe(true);
    await setMail('on');
    await expect.poll(() => button.isDisabled(), { timeout: 30_000 }).toBe(false);
    await page.page.getByRole('button', { name: 'Send by mail…' }).click();
    await page.page.getByRole('textbox', { name: 'To' }).fill('a@example.com, nobody');
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.page.getByText('“nobody” is no mail address.').waitFor();
    await page.page.getByRole('textbox', { name: 'To' }).fill('a@example.com; b@example.com');
    await page.page.getByRole('textbox', { name: 'Words before the table' }).fill('As agreed.');
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    await becomes(() => page.chip(), 'Saved');
    const outbox = () =>
      host.database.admin
        .query('select recipient, subject from macroplan.mail_outbox order by 1')
        .then(({ rows: mails }) => mails);
    await expect.poll(outbox).toEqual([
      { recipient: 'a@example.com', subject: 'Macro-plan of DR1' },
      { recipient: 'b@example.com', subject: 'Macro-plan of DR1' },
    ]);

    const mails = page.page.getByRole('dialog', { name: 'Mails of this plan' });
    await page.page.getByRole('button', { name: 'Mails…', exact: true }).click();
    await mails.getByText('2 mails wait to be sent.').waitFor();
    await mails.getByRole('button', { name: 'Close' }).click();
    await host.database.admin.query(
      `update macroplan.mail_outbox set state = 'parked', attempts = 8, last_error = 'Mailbox unavailable (550).'
       where recipient = 'b@example.com'`,
    );
    await page.page.getByRole('button', { name: 'Mails…', exact: true }).click();
    await mails.getByText('1 mail was given up.').waitFor();
    await axeFindsNothing(page.page);
    expect(await mails.getByRole('listitem').first().innerText()).toMatch(
      /^b@example.com \[REHEARSAL DR1\] Macro-plan of DR1\s+Given up after 8 tries. Mailbox unavailable \(550\)\.$/,
    );
    await mails.getByRole('button', { name: 'Close' }).click();
    await lead.setOffline(true);
    await page.page.getByRole('button', { name: 'Mails…', exact: true }).click();
    await mails.getByText('What became of the mails cannot be read now.').waitFor();
  } finally {
    await lead.remove();
  }
});
