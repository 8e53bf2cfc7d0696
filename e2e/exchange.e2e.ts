/** The plan leaves as files and comes back, with and without a network. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ROOT } from '../infra/root.ts';
import { zipOf } from '../src/testing/zip.ts';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes, Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const TAB = `${APP}?macroplan-tab=exchange&macroplan-iteration=DR2`;

const stage = setStage();

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('every file is saved with no network, under a name that says what it is', async () => {
  const { profile, page } = await stage.person('viewer', TAB);
  await profile.setOffline(true);
  const csv = await saved(page, 'Save CSV');
  expect(csv.name).toMatch(/^DEMO-DR2-r\d+\.csv$/);
  expect(csv.text).toContain('\r\nAB,A,');
  expect((await saved(page, 'Save TSV')).text).toContain('\r\nAB\tA\t');
  expect((await saved(page, 'Save ICS')).text).toMatch(/^BEGIN:VCALENDAR\r\n.*END:VCALENDAR\r\n$/s);
  expect((await saved(page, 'Save XML')).text).toContain('<Value>AB</Value>');
  const plan = await saved(page, 'Save JSON');
  expect(plan.name).toMatch(/^DEMO-r\d+\.json$/);
  expect(JSON.parse(plan.text)).toMatchObject({ format: 'macroplan', version: 1 });
});

/** Copies as a spreadsheet does, and pastes into the page. */
async function paste(page: Page, html: string, text: string): Promise<void> {
  await copy(page, html, text);
  await page.getByRole('textbox', { name: 'Paste a table' }).focus();
  await page.keyboard.press('Control+V');
}

async function copy(page: Page, html: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(
    async (data) => {
      const blob = (type: string) => new Blob([data[type] ?? ''], { type });
      const item = new ClipboardItem({ 'text/html': blob('text/html'), 'text/plain': blob('text/plain') });
      await navigator.clipboard.write([item]);
    },
    { 'text/html': html, 'text/plain': text } as Record<string, string>,
  );
}

const file = (name: string, contents: string | Buffer) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.isBuffer(contents) ? contents : Buffer.from(contents),
});

const load = (page: Page, one: ReturnType<typeof file>) => page.getByLabel('File to import').setInputFiles(one);

const line = (page: Page, code: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: code, exact: true }) });

const logged = async (label: string) => {
  const sql = 'select distinct edit_id from macroplan.event_log where label like $1';
  return (await stage.host.database.admin.query(sql, [label])).rowCount;
};

const live = async (code: string) => {
  const sql = 'select id from macroplan.chapters where code = $1 and not removed';
  return (await stage.host.database.admin.query(sql, [code])).rowCount;
};

test('a pasted table is previewed, imported as one edit, and taken back by one undo', async () => {
  const { page, screen } = await stage.person('lead', TAB);
  const cells = (row: readonly string[]) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`;
  const rows = [
    ['Task', 'Task ID', 'Start', 'Est. Duration', 'Depends On', 'Colour'],
    ['Freeze, renamed<br>here', 'AB', '16.01.2027 22:15', '1.5h', '', 'red'],
    ['A new one', 'NEW-1', '17.01.2027 01:00', '45', 'AB FS+30, ZZ-9', ''],
    ['Lost', 'NEW-2', '3.15.2027 1:00', '45', '', ''],
  ];
  await paste(page, `<table>${rows.map(cells).join('')}</table>`, 'no table');
  await page.getByText('Pasted table · header in line 1 · 3 rows · times go into DR2').waitFor();
  expect(await line(page, 'AB').innerText()).toContain('planned start');
  expect(await line(page, 'NEW-1').innerText()).toContain('There is no chapter “ZZ-9” to wait for');
  expect(await line(page, 'NEW-2').innerText()).toContain('There is no day “3.15.2027 1:00”.');
  await page.getByText('Columns not used: Colour.').waitFor();
  await axeFindsNothing(page);
  await page.getByRole('button', { name: 'Import 3 chapters' }).click();
  await page.getByText('Imported: 2 new, 1 changed. Undo takes all of it back.').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  expect(await logged('Import of pasted table: 3 chapters')).toBe(1);
  expect(await live('NEW-1')).toBe(1);
  await page.getByRole('button', { name: /^Undo import/i }).click();
  await becomes(() => live('NEW-1'), 0);
  await becomes(() => screen.chip(), 'Saved');
});

test('rows of a spreadsheet pasted into the planner are shown before they change anything, and are one edit', async () => {
  const { page, screen } = await stage.person('lead', `${APP}?macroplan-iteration=DR2`);
  await screen.row('AB').locator('[data-col="code"]').click();
  await copy(page, '', 'a word');
  await page.keyboard.press('Control+V');
  await copy(page, '', 'Code\tDuration\nAB\t2:15\nAC\t3h\n');
  await page.keyboard.press('Control+V');
  await page.getByText('2 rows · times go into DR2').waitFor();
  expect(await line(page, 'AC').innerText()).toContain('planned end');
  await page.getByRole('button', { name: 'Import 2 chapters' }).click();
  await becomes(() => screen.chip(), 'Saved');
  await page.getByRole('tab', { name: 'Planner' }).click();
  await becomes(() => screen.row('AC').locator('[data-col="duration"]').innerText(), '3h');
  await page.getByRole('button', { name: /^Undo import/i }).click();
  await becomes(() => screen.row('AC').locator('[data-col="duration"]').innerText(), '5h');
});

test('the preview says where the plan would end then, and what would be found that is not now', async () => {
  const { screen, page } = await stage.person('planner-a', TAB);
  await load(page, file('late.csv', 'Code,Chapter,Start,Duration\r\nIE,Handover to operations complete,T+20d,2h\r\n'));
  const follows = page.locator('.mp-exchange-follows');
  await becomes(
    () => follows.innerText(),
    /^DR2 then: Planned to end .* \(\+.*\), .* past the window\. .*findings? more/,
  );
  await page.getByText(/^IE ends .* after the window$/).waitFor();
  await load(page, file('same.csv', 'Code,Chapter,Note\r\nIE,Handover to operations complete,words alone\r\n'));
  await page.getByText('same.csv', { exact: true }).waitFor();
  expect(await follows.isVisible()).toBe(false);
  await screen.page.getByRole('button', { name: 'Take it away' }).click();
});

test('a copied table can be pasted back without a change', async () => {
  const { page } = await stage.person('lead', TAB);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy table' }).click();
  await page.getByText('Copied. Paste it into a spreadsheet, a page or a mail.').waitFor({ state: 'attached' });
  await page.getByRole('textbox', { name: 'Paste a table' }).focus();
  await page.keyboard.press('Control+V');
  await page.getByRole('button', { name: 'Nothing to import' }).waitFor();
  await page.getByText(/^Unchanged \d\d$/).waitFor();
});

test('a file is imported with no network, and again without a change', async () => {
  const { profile, page, screen } = await stage.person('planner-a', TAB);
  await profile.setOffline(true);
  const csv = await saved(page, 'Save CSV');
  const [head = ''] = csv.text.split('\r\n');
  const note = head
    .replace('\uFEFF', '')
    .split(',')
    .map((name) => (name === 'Code' ? 'AB' : name === 'Note' ? 'brought by a file' : ''));
  const changed = file('plan.csv', `${head}\r\n${note.join(',')}\r\n`);
  await load(page, file('same.csv', csv.text));
  expect(await page.getByRole('button', { name: 'Nothing to import' }).isDisabled()).toBe(true);
  await load(page, changed);
  await page.getByRole('button', { name: 'Import 1 chapter' }).click();
  await becomes(() => screen.chip(), /1 kept on this device/);
  await load(page, changed);
  await page.getByRole('button', { name: 'Nothing to import' }).waitFor();
  await profile.setOffline(false);
  await becomes(() => screen.chip(), 'Saved', 60);
  expect(await stage.timesLogged('brought by a file')).toBe(1);
});

test('a workbook that is dropped is previewed, another sheet of it can be chosen, and it is one edit', async () => {
  const { page, screen } = await stage.person('lead', TAB);
  const fixture = await readFile(path.join(ROOT, 'src/store/workbook/fixtures/openpyxl.xlsx'));
  const held = await page.evaluateHandle((base64) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    data.items.add(new File([bytes], 'runbook.xlsx'));
    return data;
  }, fixture.toString('base64'));
  await page.locator('.mp-exchange-source').dispatchEvent('drop', { dataTransfer: held });
  await page.getByText('Sheet “Plan” · header in line 4 · 4 rows · times go into DR2').waitFor();
  await page.getByText('1 row that the sheet hides is read too.').waitFor();
  await page.getByText('Formulas that no program has calculated are read as empty: H6.').waitFor();
  expect(await line(page, 'C-4').innerText()).toContain('2026-03-30 02:00');
  await axeFindsNothing(page);
  const sheet = page.getByRole('combobox', { name: 'Sheet' });
  await sheet.selectOption('Empty');
  await page.getByText('The sheet “Empty” is empty.').waitFor();
  await becomes(() => sheet.inputValue(), '2');
  await sheet.selectOption('Read me');
  await page.getByText('Sheet “Read me” · no header found · 1 row · times go into DR2').waitFor();
  await sheet.selectOption('Plan');
  await page.getByRole('button', { name: 'Import 4 chapters' }).click();
  await page.getByText('Imported: 4 new. Undo takes all of it back.').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  expect(await logged('Import of runbook.xlsx: 4 chapters')).toBe(1);
  expect(await live('C-3')).toBe(1);
  await page.getByRole('button', { name: /^Undo import/i }).click();
  await becomes(() => live('C-3'), 0);
});

test('dates that could mean two days are asked for once', async () => {
  const { page } = await stage.person('lead', TAB);
  await load(page, file('us.csv', 'Code,Start,Duration\nAB,3/4/2027 22:00,1h\nAC,4/5/2027 22:00,1h\n'));
  await page.getByText('Say first whether these dates begin with the day or the month.').waitFor();
  expect(await page.getByRole('button', { name: 'Nothing to import' }).isDisabled()).toBe(true);
  await axeFindsNothing(page);
  await page.getByRole('button', { name: 'Day first' }).click();
  await page.getByRole('button', { name: 'Import 2 chapters' }).waitFor();
  expect(await line(page, 'AB').innerText()).toContain('2027-04-03 22:00');
  await page.getByRole('button', { name: 'Month first' }).click();
  await becomes(() => line(page, 'AB').innerText(), /2027-03-04 22:00/, 20);
});

test('columns can be given another meaning', async () => {
  const { page } = await stage.person('lead', TAB);
  await load(page, file('names.csv', 'Clave;Apunte\nAB;gesehen\n'));
  await page.getByLabel('Column 1').selectOption('Code');
  await page.getByLabel('Column 2').selectOption('Note');
  await becomes(() => line(page, 'AB').innerText(), /note: .*gesehen/, 20);
});

test('what cannot be read is told in a sentence, and nothing changes', async () => {
  const { page } = await stage.person('lead', TAB);
  const bomb = zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(65 * 1024 * 1024, 32) }]);
  const laughs = '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<l>&b;</l>';
  for (const [one, sentence] of [
    [file('laughs.xml', laughs), 'Nothing is imported. Line 2: A file that declares its own entities is not read.'],
    [file('plan.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0])), 'This workbook is broken or cut off.'],
    [file('old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])), 'of the old kind, or one with a password.'],
    [file('bomb.xlsx', Buffer.from(bomb)), 'Unpacked, this workbook is larger than 64 MB.'],
    [file('large.csv', Buffer.alloc(11 * 1024 * 1024, 65)), 'This file has 11 MB; at most 10 MB are read.'],
    [file('other.xml', '<Plan><Step/></Plan>'), 'This XML is no Microsoft Project file.'],
    [file('open.csv', 'Code,Task\nAB,"x\n'), 'Line 2: a quotation mark opens here that is never closed.'],
    [file('plan.json', '{"format":"macroplan",\n'), 'this is no JSON, or it is cut off here.'],
  ] as const) {
    await load(page, one);
    await page.getByText(sentence).first().waitFor();
    expect(await page.getByRole('button', { name: /^Import / }).count()).toBe(0);
  }
  await load(page, file('euro.csv', Buffer.from('Code;Note\nAB;5 \x80 f\xfcr alle\n', 'latin1')));
  await becomes(() => line(page, 'AB').innerText(), /5 € für alle/, 20);
  const many = Array.from({ length: 9_000 }, (_, i) => `C${i},Chapter ${i},Imported`).join('\n');
  await load(page, file('many.csv', `Code,Task,Phase\n${many}\n`));
  await page.getByRole('button', { name: 'Import 9000 chapters' }).waitFor({ timeout: 60_000 });
});

test('whoever only reads cannot import, and axe finds nothing', async () => {
  const { page } = await stage.person('viewer', TAB);
  await page.getByText('You can read this plan but not change it.').waitFor();
  expect(await page.getByRole('button', { name: 'Choose a file…' }).count()).toBe(0);
  await axeFindsNothing(page);
});

test('a whole plan goes into an empty one, and the server has the same rows', async () => {
  const { profile, page } = await stage.person('admin', TAB);
  const { text } = await saved(page, 'Save JSON');
  const copy = '10000000-0000-4000-8000-00000000c091';
  const made = await page.evaluate(async (id) => {
    const headers = { 'Content-Type': 'application/json', 'X-Atlassian-Token': 'no-check' };
    const body = JSON.stringify({ id, code: 'COPY', name: 'A copy', time_zone: 'Europe/Zurich' });
    return (await fetch(location.pathname.replace(/app$/, 'plans'), { method: 'POST', headers, body })).status;
  }, copy);
  expect(made).toBe(200);
  const screen = new Screen(await profile.open(`${APP}?macroplan-plan=COPY&macroplan-tab=exchange`));
  await becomes(() => screen.chip(), 'Saved');
  await load(screen.page, file('demo.json', text));
  await screen.page.getByRole('button', { name: /^Import \d+ rows$/ }).click();
  await screen.page.getByText(/^Imported: \d+ new\. Undo/).waitFor();
  await becomes(() => screen.chip(), 'Saved');
  for (const table of [
    'iterations',
    'phases',
    'teams',
    'sites',
    'chapters',
    'dependencies',
    'chapter_schedules',
    'baselines',
    'no_start_windows',
  ]) {
    const sql = `select string_agg(md5((to_jsonb(t) - array['plan_id', 'rev'])::text), ' ' order by id) as rows, count(*)::int as n
      from macroplan.${table} as t where not removed and (plan_id = $1) = $2`;
    const rowsOf = async (isCopy: boolean) => (await stage.host.database.admin.query(sql, [copy, isCopy])).rows[0];
    expect(await rowsOf(true), table).toEqual(await rowsOf(false));
  }
  await load(screen.page, file('demo.json', text));
  await screen.page.getByRole('button', { name: 'Nothing to import' }).waitFor();
});

test('cells that reach over rows and columns stand where one sees them', async () => {
  const { page } = await stage.person('lead', TAB);
  const html = `<table><tr><th colspan="2">Night</th></tr><tr><th>Phase<th>Code<th>Task<th>Note</tr>
    <tr><td rowspan="2">A</td><td>AB</td><td>One</td><td>a  b<br>c</td></tr><tr><td>AC</td><td>Two</td><td><p>d</p><p>e</p></td></tr></table>`;
  await paste(page, html, 'no table');
  await page.getByText('Pasted table · header in line 2 · 2 rows').waitFor();
  await becomes(() => line(page, 'AB').innerText(), /note: (.* → )?a b\s+c/, 20);
  await becomes(() => line(page, 'AC').innerText(), /title: .* → Two\s+note: (.* → )?d\s+e/, 20);
});

test('the event log is saved whole, and proves itself with no server', async () => {
  const { profile, page } = await stage.person('lead', TAB);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save log' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^DEMO-r\d+-log\.json$/);
  const verifier = path.join(ROOT, 'docs/verify-log.mjs');
  const { stdout } = spawnSync(process.execPath, [verifier, await download.path()], { encoding: 'utf8' });
  const { rows } = await stage.host.database.admin.query(
    `select count(*)::int as n from macroplan.event_log where plan_id = (select id from macroplan.plans where code = 'DEMO')`,
  );
  expect(stdout).toContain(`OK: ${rows[0]?.n} events`);
  await profile.setOffline(true);
  await page.getByRole('button', { name: 'Save log' }).click();
  await page.getByText('The event log was not saved.').first().waitFor();
});
