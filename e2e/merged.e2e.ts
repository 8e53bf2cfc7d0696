/** What two people changed in one row without meeting is kept on both sides, and its author is told in one quiet line. */
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const DR2 = `${APP}?macroplan-iteration=DR2`;

test('an edit that was combined with somebody else’s says so, over a reload too, and can be undone there', async () => {
  const a = await stage.person('planner-a', DR2);
  const b = await stage.person('planner-b', DR2);
  const before = await b.screen.text('AB', 'start');
  await b.profile.setOffline(true);
  await b.screen.type('AB', 'start', '+30m');
  await becomes(() => b.screen.chip(), /1 kept on this device/);
  await a.screen.note('AB', 'Both lines are needed');
  await becomes(() => stage.timesLogged('Both lines are needed'), 1);
  await b.profile.setOffline(false);

  const line = b.page.getByRole('listitem').filter({ hasText: 'was combined with what Planner A changed meanwhile' });
  await line.getByText('note of AB').waitFor({ timeout: 60_000 });
  await becomes(() => b.screen.noteText('AB'), 'Both lines are needed');
  await b.page.reload();
  await line.waitFor();
  await axeFindsNothing(b.page);

  await line.getByRole('button', { name: 'Undo mine' }).click();
  await becomes(() => b.screen.text('AB', 'start'), before);
  await becomes(() => line.count(), 0);
  expect(await b.screen.noteText('AB')).toBe('Both lines are needed');
});

test('several are one line, which is gone once it was seen', async () => {
  const a = await stage.person('planner-a', DR2);
  const b = await stage.person('planner-b', DR2);
  await b.profile.setOffline(true);
  for (const code of ['CA', 'CB']) await b.screen.type(code, 'start', '+30m');
  await becomes(() => b.screen.chip(), /2 kept on this device/);
  for (const code of ['CA', 'CB']) await a.screen.note(code, `About ${code}`);
  await becomes(() => stage.timesLogged('About CB'), 1);
  await b.profile.setOffline(false);

  const line = b.page.getByRole('listitem').filter({ hasText: /2 of your edits were combined with what Planner A/ });
  await line.getByText('CA and CB').waitFor({ timeout: 60_000 });
  expect(await line.getByRole('button', { name: 'Undo mine' }).isVisible()).toBe(false);
  await line.getByRole('button', { name: 'Dismiss' }).click();
  await becomes(() => line.count(), 0);
  await b.page.reload();
  await becomes(() => b.screen.chip(), 'Saved');
  expect(await line.count()).toBe(0);
});
