/** Several chapters at once: selected by mouse and by keys as in a spreadsheet, and given times together. */
import { beforeEach, expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes as becomesIn, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const stage = setStage();
let screen: Screen;

const becomes = <T>(read: () => Promise<T>, expected: T | RegExp) => becomesIn(read, expected, 30);

beforeEach(async () => {
  ({ screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=DR2&macroplan-zoom=1h`));
});

const texts = async (column: 'start' | 'end' | 'duration', ...codes: readonly string[]) => {
  const found: string[] = [];
  for (const code of codes) found.push(await screen.text(code, column));
  return found;
};

test('D gives all selected chapters a duration, told before it is done, as one edit that undo takes back', async () => {
  const { page } = screen;
  const before = await texts('end', 'AB', 'AC');
  await screen.row('AB').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.waitFor();
  await axeFindsNothing(page);
  await page.keyboard.type('+15m');
  await dialog.getByText(/^AB Wed .* \(2h15\)$/).waitFor();
  await dialog.getByText(/^AC Wed .* \(5h15\)$/).waitFor();
  await page.keyboard.press('Enter');
  await becomes(() => texts('duration', 'AB', 'AC').then(String), '2h15,5h15');
  await becomes(() => screen.chip(), 'Saved');
  await page.keyboard.press('Control+z');
  await becomes(() => texts('end', 'AB', 'AC').then(String), String(before));
});

test('of start and duration the end follows for each; a third one is refused, and Escape changes nothing', async () => {
  const { page } = screen;
  await screen.row('AD').focus();
  await page.keyboard.press('Space');
  await screen.row('AE').focus();
  await page.keyboard.press('Space');
  const before = await texts('start', 'AD', 'AE');
  await page.getByRole('button', { name: /^Times…/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.getByLabel('Start').fill('thu 11:00');
  await dialog.getByLabel('Duration').fill('1h');
  await dialog.getByLabel('End').fill('thu 13:00');
  await page.keyboard.press('Enter');
  await becomes(() => dialog.getByLabel('Duration').getAttribute('aria-invalid'), 'true');
  await page.keyboard.press('Escape');
  expect(await texts('start', 'AD', 'AE')).toEqual(before);
  await page.keyboard.press('t');
  await dialog.getByLabel('Start').fill('thu 11:00');
  await dialog.getByLabel('Duration').fill('1h');
  await page.keyboard.press('Enter');
  await becomes(() => texts('end', 'AD', 'AE').then((ends) => ends.every((end) => /^Thu .* 12:00$/.test(end))), true);
});

const selected = () =>
  screen.page.locator('.mp-row[aria-selected="true"] [data-col="code"]').allInnerTexts().then(String);

test('a click with Ctrl selects a row or a bar besides, one with Shift all up to it, and neither marks text nor edits', async () => {
  const { page } = screen;
  await screen.cell('AB', 'start').click({ modifiers: ['Control'] });
  await becomes(selected, 'AB');
  await screen
    .row('AC')
    .locator('.mp-bar')
    .click({ modifiers: ['Control'] });
  await becomes(selected, 'AB,AC');
  await screen
    .row('AB')
    .locator('[data-col="title"]')
    .click({ modifiers: ['Control'] });
  await becomes(selected, 'AC');
  await screen
    .row('AE')
    .locator('[data-col="title"]')
    .click({ modifiers: ['Shift'] });
  // The row that was taken out is where the range begins.
  await becomes(selected, 'AB,AC,AD,AE');
  await screen
    .row('AD')
    .locator('[data-col="title"]')
    .click({ modifiers: ['Shift'] });
  await becomes(selected, 'AB,AC,AD');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  expect(await page.locator('.mp-cell-input').count()).toBe(0);
  await becomes(() => page.locator(':focus').locator('xpath=ancestor-or-self::*[@role="row"]').innerText(), /^AD/);
});

test('a bar that is dragged with Ctrl or Shift is not selected by it', async () => {
  const { page } = screen;
  const bar = screen.row('AB').locator('.mp-bar');
  const box = await bar.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 8];
  await page.keyboard.down('Control');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 24, y, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Control');
  await becomes(() => screen.chip(), 'Saved');
  expect(await selected()).toBe('');
});

test('Shift with arrows takes back what it passes again, also over a phase', async () => {
  const { page } = screen;
  await screen.row('AE').focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowDown');
  await becomes(selected, 'AE,AF,CA');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('Shift+ArrowUp');
  await becomes(selected, 'AE,AF');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('Shift+ArrowUp');
  await becomes(selected, 'AD,AE');
});

test('before anything is typed, what to write is said once', async () => {
  await screen.row('AA').focus();
  await screen.page.keyboard.press('Shift+ArrowDown');
  await screen.page.keyboard.press('d');
  const dialog = screen.page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.waitFor();
  expect((await dialog.innerText()).match(/Write one/g)).toEqual(['Write one']);
  await dialog.getByRole('button', { name: 'Set times' }).click();
  expect((await dialog.innerText()).match(/Write one/g)?.length).toBe(2);
});

test('several chapters get one deadline, told before it is kept, as one edit that undo takes back', async () => {
  const { page } = screen;
  const meanings = async () => [
    await screen.row('AB').getAttribute('aria-description'),
    await screen.row('AC').getAttribute('aria-description'),
  ];
  await screen.row('AB').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.getByLabel('Must finish by').fill('wed 12:00');
  await dialog.getByText(/^AB Wed .* \(2h\), must finish by Wed 17 Feb 12:00$/).waitFor();
  await dialog.getByText(/AC ends 2h after it must finish/).waitFor();
  await axeFindsNothing(page);
  await page.keyboard.press('Enter');
  await becomes(() => meanings().then(String), 'Must finish by Wed 17 Feb 12:00,Must finish by Wed 17 Feb 12:00');
  await becomes(() => screen.chip(), 'Saved');
  await page.keyboard.press('t');
  await dialog.getByLabel('Must finish by').fill('none');
  await dialog.getByText(/^AC Wed .* \(5h\), no deadline any more$/).waitFor();
  await page.keyboard.press('Enter');
  await becomes(() => meanings().then(String), ',');
  await page.getByRole('button', { name: 'Undo 2 chapters have no deadline any more' }).click();
  await becomes(() => meanings().then(String), 'Must finish by Wed 17 Feb 12:00,Must finish by Wed 17 Feb 12:00');
  await page.keyboard.press('Control+z');
  await becomes(() => meanings().then(String), ',');
});

test('half-typed times and a half-typed move of several wait as drafts that lead to their dialogs', async () => {
  const { page } = screen;
  const notice = page.getByRole('list', { name: 'What needs your eye' });
  const unsaved = page.getByText(/^You had typed this and not saved it\./);
  const dialog = page.getByRole('dialog');
  for (const [key, field, words, title, typed] of [
    ['t', 'Must finish by', 'AC and 1 more, times in DR2', 'Times of 2 chapters', 'sun 2'],
    ['m', 'By how much', 'AC and 1 more, move in DR2', 'Move 2 chapters', '+1h2'],
  ] as const) {
    await screen.row('AC').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await screen.row('AC').focus();
    await page.keyboard.press(key);
    await dialog.getByLabel(field).fill(typed);
    await page.reload();
    await becomes(() => screen.chip(), 'Saved');
    await notice.getByText(`1 draft waits: ${words}.`).waitFor();
    await notice.getByRole('button', { name: 'Open', exact: true }).click();
    await unsaved.waitFor();
    expect(await dialog.getByRole('heading', { name: title }).isVisible()).toBe(true);
    expect(await dialog.getByLabel(field).inputValue()).toBe(typed);
    await becomes(selected, 'AC,AD');
    await page.keyboard.press('Escape');
    await becomes(() => dialog.count(), 0);
    await page.keyboard.press('Escape');
    await becomes(selected, '');
  }
});

test('what somebody else moves while the times of several are typed is shown from where it stands by now', async () => {
  const { page } = screen;
  await screen.row('AB').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Times of 2 chapters' });
  await dialog.waitFor();
  await page.keyboard.type('+15m');
  const landing = () => dialog.locator('.mp-slip-list li', { hasText: /^AB/ }).innerText();
  await becomes(landing, /^AB /);
  const before = await landing();
  const other = new WirePerson(stage.host, 'planner-b');
  await other.look();
  const { id, planned_start, planned_end } = await scheduleIn(stage.host, 'DR2', 'AB');
  const base = { planned_start, planned_end };
  expect(await other.edit('Slip of AB', { op: 'slip', table: 'chapter_schedules', id, base, by: 60 })).toMatchObject({
    outcome: 'applied',
  });
  await screen.lookAgain();
  await becomes(async () => (await landing()) !== before, true);
  const told = await landing();
  // Of two that put it elsewhere one has to be chosen, and that is said before.
  await dialog.getByLabel('Start').fill('+30m');
  await becomes(landing, /^AB .* somebody else/);
  await dialog.getByText('None of it is done until that is decided.').waitFor();
  await dialog.getByLabel('Start').fill('');
  await becomes(landing, told);
  await page.keyboard.press('Enter');
  await becomes(() => dialog.count(), 0);
  await becomes(() => screen.chip(), 'Saved');
  const after = await scheduleIn(stage.host, 'DR2', 'AB');
  expect([after.planned_start, after.planned_end]).toEqual([planned_start + 60, planned_end + 75]);
  expect(told).toContain((await screen.text('AB', 'start')).slice(-5));
});

test('Alt with an arrow on a phase moves what is selected, and says what is missing where nothing is', async () => {
  const { page } = screen;
  const phase = page.locator('.mp-row[data-kind="phase"]').first();
  await phase.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByText('Select chapters first, or go to one: a phase has no times of its own.').first().waitFor();
  await screen.row('AD').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await becomes(selected, 'AD,AE');
  const before = await texts('start', 'AD', 'AE');
  await phase.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await becomes(async () => (await texts('start', 'AD', 'AE')).filter((text, i) => text !== before[i]).length, 2);
  const moved = await texts('start', 'AD', 'AE');
  // An edge is that of one chapter: a phase is not one.
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await page.getByText('Go to a chapter: with Shift or Ctrl only its own end or start moves.').first().waitFor();
  expect(await texts('start', 'AD', 'AE')).toEqual(moved);
  await page.keyboard.press('Alt+ArrowLeft');
  await becomes(() => texts('start', 'AD', 'AE').then(String), String(before));
  await becomes(() => screen.chip(), 'Saved');
});

test('what is shown of the selected ones covers neither what is told nor their order in time', async () => {
  const { page } = screen;
  await screen.row('CE').focus();
  for (const key of ['Space', 'Shift+ArrowDown', 'Shift+ArrowDown', 't']) await page.keyboard.press(key);
  const dialog = page.getByRole('dialog', { name: 'Times of 3 chapters' });
  await dialog.getByRole('textbox', { name: 'Duration' }).fill('+15m');
  await becomes(() => dialog.locator('.mp-code').allInnerTexts().then(String), 'CE,CF,CG');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  const [told, bar] = await Promise.all(
    ['.mp-said', '.mp-selection'].map((part) => page.locator(part).boundingBox({ timeout: 20_000 })),
  );
  expect((told?.y ?? 0) + (told?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
});
