/** Clocks that are wrong, and the day on which the plan's own clock shows an hour twice. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Changes, insertRow } from '../src/store/ops.ts';
import { scheduleId } from '../src/store/rows.ts';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';
import { WirePerson } from './support/wire-person.ts';

const stage = setStage();

test('on a device whose clock is hours wrong the planner shows the server’s now, and says so once', async () => {
  const { screen, page } = await stage.person('planner-a', `${APP}?macroplan-iteration=RUN3`);
  const told = page.locator('.mp-notice-line[data-kind="clock"]');
  expect(await told.count()).toBe(0);
  await page.clock.install({ time: Date.now() - 3 * 3_600_000 });
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await becomes(() => told.innerText(), /^This device’s clock is 3 h behind\. .* server’s clock\./);
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const zurich = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Zurich', hour: '2-digit', minute: '2-digit' });
  const apart = Math.abs(minutes(await page.locator('.mp-now-flag').innerText()) - minutes(zurich.format(Date.now())));
  expect(Math.min(apart, 1440 - apart)).toBeLessThan(10);
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await becomes(() => told.count(), 0);
});

test('the night whose third hour comes twice has 25 hours of room, and a bar is moved through both', async () => {
  const lead = new WirePerson(stage.host, 'lead');
  await lead.look();
  const [id, at] = [randomUUID(), (text: string) => Date.parse(text) / 60_000];
  const iteration: Changes<'iterations'> = {
    code: 'OCT',
    name: 'Clocks go back',
    kind: 'RUN',
    window_start: at('2027-10-30T20:00Z'),
    window_end: at('2027-10-31T12:00Z'),
    state: 'planned',
    rollback_minutes: 0,
    position: 99,
    mail_mode: 'off',
  };
  const rows = await stage.host.database.admin.query<{ id: string }>(
    `select id from macroplan.chapters where code = 'AA' and not removed`,
  );
  const chapter = rows.rows[0]?.id ?? '';
  const times: Changes<'chapter_schedules'> = {
    chapter_id: chapter,
    iteration_id: id,
    planned_start: at('2027-10-30T23:30Z'),
    planned_end: at('2027-10-31T00:30Z'),
  };
  const { outcome } = await lead.edit(
    'A night in October',
    insertRow('iterations', id, iteration),
    insertRow('chapter_schedules', scheduleId(id, chapter), times),
  );
  expect(outcome).toBe('applied');

  const { screen, page } = await stage.person('planner-a', `${APP}?macroplan-iteration=OCT&macroplan-zoom=1h`);
  // All of it on the screen: at an edge the axis would come along.
  await page.setViewportSize({ width: 2400, height: 900 });
  const hours = page.locator('.mp-axis-hours .mp-mark');
  const places = await hours.evaluateAll((marks) =>
    marks.map((mark) => [mark.textContent, Math.round(mark.getBoundingClientRect().left)] as const),
  );
  const night = places.slice(places.findIndex(([text]) => text === '01:00')).slice(0, 4);
  expect(night.map(([text]) => text)).toEqual(['01:00', '02:00', '02:00', '03:00']);
  const apart = night.slice(1).map(([, left], i) => left - (night[i]?.[1] ?? 0));
  expect(new Set(apart).size).toBe(1);
  await page.locator('.mp-axis-days').getByText('Sun 31 Oct · 25 h').waitFor();
  await page.locator('.mp-axis-changes').getByText('CET', { exact: true }).waitFor();

  // By hand, an hour of the axis at a time: elapsed time, whatever the clock does meanwhile.
  const bar = screen.row('AA').locator('.mp-bar');
  for (const told of [/ 02:30 CEST$/, / 02:30 CET$/, / 03:30$/]) {
    const box = await bar.boundingBox();
    if (box === null) throw new Error('a bar is drawn');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + (apart[0] ?? 0), box.y + box.height / 2, { steps: 8 });
    await page.mouse.up();
    await becomes(() => screen.text('AA', 'start'), told, 20);
    expect(await screen.text('AA', 'duration')).toBe('1h');
  }
  await becomes(() => screen.chip(), 'Saved');
});
