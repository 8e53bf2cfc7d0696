/** The night in which clocks go back, in mails: each time of the hour that they show twice says by which clock. */
import { expect, test } from 'vitest';
import { setMailStage } from './mail-stage.ts';
import { makeNight, type Night, nightActs } from './played-night.ts';

const stage = setMailStage();
const YEAR = new Date().getUTCFullYear() + 1;
/** The last Sunday of October: 01:00 UTC is 02:00 in Zurich once more. */
const SUNDAY = 31 - new Date(Date.UTC(YEAR, 9, 31)).getUTCDay();
const at = (hour: number, minute: number) => Date.UTC(YEAR, 9, SUNDAY, hour, minute);

let night: Night;
const { set, setIteration } = nightActs(stage.host, () => night);

test('a gate that is due and a chapter that moved say by which clock', async () => {
  await stage.setClock(at(-3, 0));
  // The gate is two hours after A.
  night = await makeNight(stage.host, at(-2, 30) / 60_000);
  await setIteration({ state: 'planned' }, { state: 'live' });
  await stage.mails();
  await stage.setClock(at(0, 20));
  const base = { planned_start: night.start, planned_end: night.start + 30 };
  const moved = { planned_start: at(0, 15) / 60_000, planned_end: at(1, 15) / 60_000 };
  await set('lead', 'chapter_schedules', night.schedules.A, base, moved);
  await stage.setClock(at(0, 25));
  const html = (await stage.arrived())
    .filter(({ to }) => to === 'cut@bank.example')
    .map(({ mail }) => String(mail.html))
    .join('');
  const day = `Sun ${SUNDAY} Oct ${YEAR}`;
  expect(html).toContain(`To be decided at ${day} 02:30 UTC+2<`);
  expect(html).toContain(`Now ${day} 02:15 UTC+2 – 02:15 UTC+1, 1h<`);
  expect(html).toContain(`Before: ${day} 00:30 – 01:00, 30m<`);
});
