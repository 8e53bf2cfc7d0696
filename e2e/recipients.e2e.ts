/** Leads list who gets mails; whoever gets one stops it, by a press and not by looking. */
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

const SHARE = `${APP}?macroplan-tab=share&macroplan-iteration=DR1`;

test('a lead lists, sees and removes recipients by keyboard, and nobody else is offered the list', async () => {
  const { page } = await stage.person('lead', SHARE);
  const open = page.getByRole('button', { name: 'Who gets mails…' });
  await open.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Who gets mails of this plan' });
  await dialog.getByText('Nobody: while mail is on trial, none goes out.').waitFor();
  await axeFindsNothing(page);

  const email = dialog.getByRole('textbox', { name: 'Mail address' });
  await email.focus();
  await page.keyboard.type('not an address');
  await page.keyboard.press('Enter');
  await dialog.getByText('Choose which mails.').waitFor();
  await dialog.getByRole('checkbox', { name: 'Chapters started, done and blocked' }).focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('checkbox', { name: 'Conflicts' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await dialog.getByText('That is no mail address. Write one, such as cutover@example.com.').waitFor();
  await email.fill('Night@Example.com');
  await dialog.getByRole('combobox', { name: 'Whose address it is' }).selectOption('planner-a');
  await email.press('Enter');
  await dialog.getByText('Added.').waitFor();
  const listed = dialog.getByRole('listitem').filter({ hasText: 'night@example.com' });
  expect(await listed.count()).toBe(2);

  await dialog.getByRole('combobox', { name: 'Who', exact: true }).selectOption('owner');
  // What such an audience cannot be listed for is not on offer.
  expect(await dialog.getByRole('checkbox', { name: 'Conflicts' }).isVisible()).toBe(false);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('The team of the chapter it is about').first().waitFor();
  await axeFindsNothing(page);

  await dialog.getByRole('combobox', { name: 'Who', exact: true }).selectOption('address');
  await email.fill('board@example.com');
  for (const word of await dialog.getByRole('checkbox', { checked: true }).all()) await word.uncheck();
  await dialog.getByRole('checkbox', { name: 'Status report while an iteration is live' }).check();
  await dialog.getByRole('combobox', { name: 'How often a status report comes' }).selectOption('4');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('board@example.com, every 4 hours').first().waitFor();
  await axeFindsNothing(page);

  await dialog.getByRole('button', { name: 'Remove night@example.com' }).first().focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('Removed.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Remove night@example.com' }).count()).toBe(1);
  await dialog.getByText('Who changed this list').click();
  await dialog.getByText(/: Lead removed night@example\.com for “Conflicts”\.$/).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => open.evaluate((button) => button === document.activeElement)).toBe(true);

  const planner = await stage.person('planner-a', SHARE);
  await planner.page.getByRole('button', { name: 'Save as file' }).waitFor();
  expect(await planner.page.getByRole('button', { name: 'Who gets mails…' }).isVisible()).toBe(false);
});

test('with no network the list says that it cannot be read, and nothing can be added', async () => {
  const { profile, page } = await stage.person('lead', SHARE);
  await page.getByRole('button', { name: 'Who gets mails…' }).waitFor();
  await profile.setOffline(true);
  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who gets mails of this plan' });
  await dialog.getByText('Who gets mails cannot be read now.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Add' }).isDisabled()).toBe(true);
});

test('a lead sets, changes and takes away the quiet hours of an address, by keyboard and on a phone', async () => {
  const { page } = await stage.person('lead', SHARE);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Who gets mails…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who gets mails of this plan' });
  await dialog.getByRole('textbox', { name: 'Mail address' }).fill('duty@example.com');
  await dialog.getByRole('checkbox', { name: 'Times moved in a frozen or live iteration' }).check();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Added.').waitFor();
  await dialog
    .getByText(/these mails to an address wait.*“Chapters started, done and blocked”.*come at once: “Conflicts”/)
    .waitFor();

  await dialog.getByRole('button', { name: 'Set quiet hours…' }).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Quiet hours', exact: true });
  await form.getByRole('combobox', { name: 'Of' }).selectOption('duty@example.com');
  const from = form.getByRole('textbox', { name: 'From' });
  await from.fill('late');
  await page.keyboard.press('Enter');
  await form.getByText('“late” is no time of day. Write one, such as 22:00.').waitFor();
  await becomes(() => from.evaluate((input) => input === document.activeElement), true);
  await axeFindsNothing(page);
  await from.fill('0600');
  await page.keyboard.press('Enter');
  await form.getByText(/Quiet hours cannot end when they begin/).waitFor();
  await from.fill('9:30pm');
  await form.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Kolkata');
  await page.keyboard.press('Enter');
  await dialog.getByText('duty@example.com: 21:30–06:00 Asia/Kolkata').waitFor();
  await axeFindsNothing(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

  await dialog.getByRole('button', { name: 'Change quiet hours of duty@example.com' }).focus();
  await page.keyboard.press('Enter');
  const change = page.getByRole('dialog', { name: 'Quiet hours of duty@example.com' });
  await change.getByRole('combobox', { name: 'Time zone' }).fill('Nowhere');
  await change.getByRole('textbox', { name: 'To' }).fill('24:00');
  await page.keyboard.press('Enter');
  await dialog.getByText('There is no such time zone. Write one, such as Europe/Zurich.').waitFor();
  await dialog.getByRole('button', { name: 'Change quiet hours of duty@example.com' }).click();
  await change.getByRole('textbox', { name: 'To' }).fill('24:00');
  await page.keyboard.press('Enter');
  await dialog.getByText('duty@example.com: 21:30–00:00 Asia/Kolkata').waitFor();

  await dialog.getByRole('button', { name: 'Remove quiet hours of duty@example.com' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('Removed.').waitFor();
  await dialog.getByText('Who changed this list').click();
  await dialog.getByText('Lead removed quiet hours of duty@example.com, 21:30–00:00 Asia/Kolkata.').waitFor();
});

test('the link of a mail shows what would stop, stops it when pressed, and gives it back', async () => {
  const { database } = stage.host;
  const { rows } = await database.admin.query<{ token: string }>(
    `insert into macroplan.mail_addressees (plan_id, email)
     select plan_id, 'guest@example.com' from macroplan.plans where code = 'DEMO'
     returning token`,
  );
  const stopped = async () =>
    (await database.admin.query<{ event: string }>(`select event from macroplan.mail_stops order by 1`)).rows;
  // Nobody that the plan knows.
  const profile = await stage.profile('stranger');
  const page = await profile.open(`${APP}?macroplan-stop=${rows[0]?.token}&macroplan-events=moved.progress`);
  await page.getByText('guest@example.com. Nothing has changed yet.').waitFor();
  expect(await stopped()).toEqual([]);
  await axeFindsNothing(page);
  const first = page.getByRole('button').first();
  expect(await first.getAttribute('aria-label')).toBe('Stop: Chapters started, done and blocked');
  await first.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Stopped. The leads of the plan see that you stopped it.').waitFor();
  expect(await stopped()).toEqual([{ event: 'progress' }]);
  await becomes(() => page.evaluate(() => document.activeElement?.textContent ?? ''), 'Get again');

  const lead = await stage.person('lead', SHARE);
  await lead.page.getByRole('button', { name: 'Who gets mails…' }).click();
  await lead.page.getByText(/^guest@example\.com stopped these mails, /).waitFor();

  await page.keyboard.press('Enter');
  await page.getByText('You get these again.').waitFor();
  expect(await stopped()).toEqual([]);

  const other = await profile.open(`${APP}?macroplan-stop=x`);
  await other.getByText('This link is no longer valid. The newest mail has one that is.').waitFor();
});
