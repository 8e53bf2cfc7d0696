/** A note is typed beside its row, whatever becomes of the rows meanwhile. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertRow, removeRow } from '../src/store/ops.ts';
import { scheduleId } from '../src/store/rows.ts';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { chapterIn, scheduleIn, WirePerson } from './support/wire-person.ts';

const PLAN = `${APP}?macroplan-iteration=DR2`;

const stage = setStage();

/** Another lead adds a chapter beside AB, and returns how to remove it again. */
async function added(code: string): Promise<() => Promise<void>> {
  const lead = new WirePerson(stage.host, 'lead');
  const { phase_id } = await chapterIn(stage.host, 'AB');
  const { iteration_id, planned_start, planned_end } = await scheduleIn(stage.host, 'DR2', 'AB');
  const id = randomUUID();
  const schedule = { iteration_id, chapter_id: id, planned_start, planned_end };
  const adding = await lead.edit(
    'Add',
    insertRow('chapters', id, { phase_id, code, title: 'Not for long' }),
    insertRow('chapter_schedules', scheduleId(iteration_id, id), schedule),
  );
  expect(adding.outcome).toBe('applied');
  return async () => {
    const removing = await lead.edit(
      'Remove',
      removeRow('chapter_schedules', await scheduleIn(stage.host, 'DR2', code)),
      removeRow('chapters', await chapterIn(stage.host, code)),
    );
    expect(removing.outcome).toBe('applied');
  };
}

async function typing(screen: Screen, code: string) {
  await screen.cell(code, 'note').dblclick();
  const area = screen.page.getByRole('textbox', { name: `Note on ${code}` });
  await area.fill(`of ${code}`);
  return area;
}

/** The distance from the lower edge of the note's cell to the popup. */
async function gapBelow(screen: Screen, code: string): Promise<number> {
  const [cell, popup] = await Promise.all([
    screen.cell(code, 'note').boundingBox(),
    screen.page.locator('.mp-note-popup').boundingBox(),
  ]);
  return Math.round((popup?.y ?? 0) - (cell?.y ?? 0) - (cell?.height ?? 0));
}

test('a note goes with its row when somebody removes one above it', async () => {
  const remove = await added('ZZ1');
  const { screen, page } = await stage.person('planner-a', PLAN);
  const area = await typing(screen, 'CC');
  const gap = await gapBelow(screen, 'CC');
  await remove();
  await becomes(() => screen.row('ZZ1').count(), 0);
  await becomes(() => gapBelow(screen, 'CC'), gap, 20);
  expect(await area.inputValue()).toBe('of CC');
  await area.press('Control+Enter');
  await becomes(() => screen.noteText('CC'), 'of CC');
  await becomes(() => screen.chip(), 'Saved');
  expect(await page.getByRole('textbox', { name: 'Note on CC' }).count()).toBe(0);
});

test('a note whose row somebody removes stays beside no other row, and its words are told', async () => {
  const remove = await added('ZZ2');
  const { screen, page } = await stage.person('planner-a', PLAN);
  const area = await typing(screen, 'ZZ2');
  await remove();
  const notices = page.getByRole('list', { name: 'What needs your eye' });
  await notices.getByText('Note on ZZ2 is not shown any more; you had typed “of ZZ2”.').waitFor({ timeout: 60_000 });
  expect(await area.count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.closest('.mp-body .mp-row') !== null)).toBe(true);
});

test('a note stays with its row while the reader looks at others', async () => {
  const { screen, page } = await stage.person('planner-a', PLAN);
  const area = await typing(screen, 'CD');
  await screen.cell('AB', 'start').click();
  await page.locator('.mp-scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight));
  await becomes(() => screen.row('CB').count(), 0);
  expect(await screen.row('CD').count()).toBe(1);
  await page.locator('.mp-scroll').evaluate((scroll) => scroll.scrollTo(0, 0));
  await becomes(() => screen.row('CB').count(), 1);
  expect(await gapBelow(screen, 'CD')).toBeLessThan(10);
  await area.press('Control+Enter');
  await becomes(() => screen.noteText('CD'), 'of CD');
});
