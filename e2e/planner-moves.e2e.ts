/** Moving what comes after: told before it is done, by mouse and by keyboard, and one edit in the end. */
import { beforeEach, expect, test } from 'vitest';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { scheduleIn, WirePerson } from './support/wire-person.ts';

const stage = setStage();
let screen: Screen;

// CC is followed by CF (SS+60, no play) and CG; everything of phase C has six hours of slack up to gate G1.
beforeEach(async ({ task }) => {
  const iteration = /^in (DR2|CUTOVER)/.exec(task.name)?.[1] ?? 'DR1';
  ({ screen } = await stage.person('planner-a', `${APP}?macroplan-iteration=${iteration}&macroplan-zoom=1h`));
});

const starts = async (...codes: readonly string[]) => {
  const texts: string[] = [];
  for (const code of codes) texts.push(await screen.text(code, 'start'));
  return texts;
};

const lastEdit = async () => {
  const { rows } = await stage.host.database.admin.query<{ label: string; rows: number }>(
    `select label, count(*)::int as rows from macroplan.event_log group by rev, label order by rev desc limit 1`,
  );
  return rows[0];
};

/** Presses a bar – so many pixels from its start – and drags it by pixels, without letting go. */
const drag = async (code: string, pixels: number, from = 40) => {
  await screen.row(code).getByRole('button', { name: /›$/ }).click();
  const bar = screen.row(code).locator('.mp-bar');
  await becomes(() => bar.isVisible(), true);
  const box = await bar.boundingBox();
  const [x, y] = [(box?.x ?? 0) + from, (box?.y ?? 0) + 8];
  await screen.page.mouse.move(x, y);
  await screen.page.mouse.down();
  await screen.page.mouse.move(x + pixels, y, { steps: 4 });
};

test('a drag says what it breaks before it is let go, and Escape undoes it all', async () => {
  const before = await starts('CC', 'CF');
  await drag('CC', 72);
  const tip = screen.page.locator('.mp-drag-tip');
  expect(await tip.innerText()).toMatch(/\+1h · breaks CF · Shift pushes, Ctrl takes along$/);
  await screen.page.keyboard.down('Shift');
  await becomes(() => tip.innerText(), /\+1h · moves \d+ more$/);
  await screen.page.keyboard.up('Shift');
  await becomes(() => tip.innerText(), /breaks CF/);
  await screen.page.keyboard.press('Escape');
  await screen.page.mouse.up();
  expect(await starts('CC', 'CF')).toEqual(before);
  expect(await screen.chip()).toBe('Saved');
});

test('a drag to before the window says so, and a move is told of it', async () => {
  const bar = screen.row('AA').locator('.mp-bar');
  const box = await bar.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 30, (box?.y ?? 0) + 8];
  await screen.page.mouse.move(x, y);
  await screen.page.mouse.down();
  await screen.page.mouse.move(x - 72, y, { steps: 4 });
  expect(await screen.page.locator('.mp-drag-tip').innerText()).toMatch(/−1h · starts 1h before the window$/);
  await screen.page.keyboard.press('Escape');
  await screen.page.mouse.up();
  await screen.row('AA').focus();
  await screen.page.keyboard.press('m');
  await screen.page.getByRole('textbox', { name: 'By how much' }).fill('-2h');
  await screen.page.getByText('starts 2h before the window').waitFor();
  await screen.page.keyboard.press('Escape');
});

test('with Shift a drag pushes what comes after, as one edit that says so', async () => {
  const before = await starts('CC', 'CF');
  await drag('CC', 72);
  await screen.page.keyboard.down('Shift');
  await screen.page.mouse.up();
  await screen.page.keyboard.up('Shift');
  await becomes(async () => (await starts('CF'))[0] !== before[1], true);
  await becomes(() => screen.chip(), 'Saved');
  const edit = await lastEdit();
  expect(edit?.label).toMatch(/^Move CC to .*, and \d+ after it$/);
  expect(edit?.rows).toBe(1 + Number(/and (\d+) after/.exec(edit?.label ?? '')?.[1]));
});

test('in DR2 the first pixels of a bar are its start, which moves alone', async () => {
  const [start, end] = [await screen.text('CC', 'start'), await screen.text('CC', 'end')];
  await drag('CC', 36, 3);
  await screen.page.mouse.up();
  await becomes(async () => (await screen.text('CC', 'start')) !== start, true);
  expect(await screen.text('CC', 'end')).toBe(end);
  await becomes(() => screen.chip(), 'Saved');
  expect((await lastEdit())?.label).toMatch(/^Start of CC/);
});

test('in DR2 a typed time says what it breaks, and Shift+Enter pushes it', async () => {
  const before = await starts('CC', 'CF');
  await screen.cell('CC', 'start').dblclick();
  await screen.cell('CC', 'start').getByRole('textbox').fill('+1h');
  await screen.page.getByText(/breaks CF.*Shift\+Enter moves \d+ more/).waitFor();
  await screen.page.keyboard.press('Shift+Enter');
  await becomes(async () => (await starts('CC', 'CF')).every((text, i) => text !== before[i]), true);
  await becomes(() => screen.chip(), 'Saved');
  expect((await lastEdit())?.label).toMatch(/^Move CC to .* after it$/);
});

test('in DR2 the move dialog takes along what comes after where that is asked for', async () => {
  const before = await starts('CA', 'CE', 'CM');
  await screen.row('CA').focus();
  await screen.page.keyboard.press('m');
  await screen.page.getByRole('textbox', { name: 'By how much' }).fill('-30m');
  await screen.page.getByLabel('What comes after').selectOption('keep');
  await screen.page.getByText(/^moves \d+ more/).waitFor();
  await screen.page.getByRole('button', { name: 'Move −30m' }).click();
  await becomes(async () => (await starts('CA', 'CE')).every((text, i) => text !== before[i]), true);
  // The gate's start is fixed: nothing moves it.
  expect((await starts('CM'))[0]).toBe(before[2]);
  await becomes(() => screen.chip(), 'Saved');
});

test('in DR2 H selects everything from here on, and M moves it together', async () => {
  await screen.row('CK').focus();
  await screen.page.keyboard.press('h');
  const count = await screen.page.locator('.mp-selection strong').innerText();
  expect(Number.parseInt(count, 10)).toBeGreaterThan(20);
  const before = await starts('CJ', 'CK');
  await screen.page.keyboard.press('m');
  await screen.page.getByRole('textbox', { name: 'By how much' }).fill('+45m');
  await screen.page.getByLabel('What comes after').selectOption('only');
  await screen.page.keyboard.press('Tab');
  await screen.page.getByRole('button', { name: 'Move +45m' }).click();
  await becomes(async () => (await starts('CK'))[0] !== before[1], true);
  expect((await starts('CJ'))[0]).toBe(before[0]);
  await becomes(() => screen.chip(), 'Saved');
  expect((await lastEdit())?.rows).toBe(Number.parseInt(count, 10));
});

test('in DR2 a start is fixed in the times dialog, and shows its lock', async () => {
  await screen.row('CI').focus();
  await screen.page.keyboard.press('t');
  await screen.page.getByLabel(/Fixed: /).check();
  await screen.page.getByRole('button', { name: 'Set times' }).click();
  await screen.row('CI').locator('.mp-lock').waitFor();
  await becomes(() => screen.chip(), 'Saved');
  expect((await lastEdit())?.label).toMatch(/^CI from .*, fixed$/);
});

test('in CUTOVER what comes after is pushed from where somebody else put a chapter meanwhile, and the dialog shows it', async () => {
  const { page } = screen;
  await screen.row('CB').focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Move CB' });
  await dialog.waitFor();
  await page.keyboard.type('+45m');
  await dialog.getByText(/^CB Fri .* 18:30 → Fri .* 19:15$/).waitFor();
  const other = new WirePerson(stage.host, 'planner-b');
  const { id, planned_start, planned_end } = await scheduleIn(stage.host, 'CUTOVER', 'CB');
  const base = { planned_start, planned_end };
  expect(await other.edit('Slip of CB', { op: 'slip', table: 'chapter_schedules', id, base, by: 60 })).toMatchObject({
    outcome: 'applied',
  });
  await screen.lookAgain();
  await dialog.getByText(/^CB Fri .* 19:30 → Fri .* 20:15$/).waitFor();
  await page.keyboard.press('Enter');
  await becomes(() => screen.text('CB', 'start'), /20:15$/);
  await becomes(() => screen.chip(), 'Saved');
  // Pushed by as much as the move takes; what the other one broke before is a finding.
  expect(await screen.text('CC', 'start')).toMatch(/20:15$/);
});
