/** Labels of chapters: set, found by click and by word, taken back, and set by two people at once. */
import { expect, test } from 'vitest';
import { axeFindsNothing } from './support/axe.ts';
import { APP, becomes, type Screen } from './support/screen.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

const PLAN = `${APP}?macroplan-iteration=DR2&macroplan-layout=table`;

const title = (screen: Screen, code: string) => screen.row(code).locator('[data-col="title"]');
const labels = (screen: Screen, code: string) => title(screen, code).locator('.mp-labels');
const search = (screen: Screen) => new URL(screen.page.url()).searchParams.get('macroplan-search');

async function kept(code: string): Promise<string | null> {
  const { rows } = await stage.host.database.admin.query(
    'select labels from macroplan.chapters where code = $1 and not removed',
    [code],
  );
  return rows[0]?.labels ?? null;
}

test('labels are typed as one likes, told where they cannot be, found by click and by word, and undone', async () => {
  const { screen, page } = await stage.person('lead', PLAN);
  await title(screen, 'AC').dblclick();
  const dialog = page.getByRole('dialog', { name: 'Chapter AC' });
  const field = dialog.getByLabel('Labels');
  await field.fill('Data-Migration, go+live');
  await axeFindsNothing(page);
  await field.press('Enter');
  await dialog.getByText('The label “go+live” has more than letters, digits, - and _.').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await field.fill('Go-Live Data-Migration');
  await field.press('Enter');
  await becomes(() => labels(screen, 'AC').innerText(), '#data-migration #go-live');
  await becomes(() => screen.chip(), 'Saved');
  expect(await kept('AC')).toBe('data-migration go-live');
  const heights = await page
    .locator('.mp-body .mp-row')
    .evaluateAll((rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))]);
  expect(heights).toHaveLength(1);

  // By keys alone, with a label that is in use already.
  await screen.row('AD').focus();
  await page.keyboard.press('c');
  const other = page.getByRole('dialog', { name: 'Chapter AD' });
  await other.getByLabel('Labels').focus();
  await page.keyboard.type('go');
  const offers = page.locator(`datalist#${await other.getByLabel('Labels').getAttribute('list')} option`);
  expect(await offers.evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value))).toEqual(['go-live']);
  await page.keyboard.type('-live');
  await page.keyboard.press('Enter');
  await becomes(() => labels(screen, 'AD').innerText(), '#go-live');

  await page.getByRole('button', { name: 'Filter…' }).click();
  await page.getByRole('option', { name: /label:data-migration/ }).click();
  await becomes(async () => search(screen), 'label:data-migration');
  await becomes(() => screen.row('AB').count(), 0);
  expect(await screen.row('AC').isVisible()).toBe(true);
  await page.getByRole('combobox', { name: 'Find a filter' }).fill('go-live');
  await page.keyboard.press('Enter');
  await becomes(async () => search(screen), 'label:data-migration label:go-live');
  await becomes(() => screen.row('AD').isVisible(), true);
  await page.keyboard.press('Escape');
  await page.reload();
  await becomes(() => screen.row('AD').isVisible(), true);
  expect([await screen.row('AC').count(), await screen.row('AB').count()]).toEqual([1, 0]);
  await page.getByRole('button', { name: /^\d+ hidden/ }).click();
  await becomes(() => screen.row('AB').isVisible(), true);
  await page.keyboard.press('/');
  await page.keyboard.type('label:data-migration');
  await becomes(() => screen.row('AD').count(), 0);
  expect(await screen.row('AC').isVisible()).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('migration');
  await becomes(async () => search(screen), 'migration');
  await becomes(() => screen.row('AC').isVisible(), true);
  await page.getByRole('button', { name: /^\d+ hidden/ }).click();
  await becomes(() => screen.row('AD').isVisible(), true);

  await page.getByRole('button', { name: 'Undo chapter AD: labels' }).click();
  await becomes(() => labels(screen, 'AD').count(), 0);
  await screen.row('AC').focus();
  await page.keyboard.press('Control+z');
  await becomes(() => labels(screen, 'AC').count(), 0);
  await becomes(() => screen.chip(), 'Saved');
  expect([await kept('AC'), await kept('AD')]).toEqual([null, null]);
});

test('labels that two people give one chapter apart stand together, and undo takes back one’s own', async () => {
  const one = await stage.person('lead', PLAN);
  const two = await stage.person('admin', PLAN);
  const label = async ({ screen, page }: typeof one, words: string) => {
    await screen.row('AE').focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByLabel('Labels').fill(words);
    await page.keyboard.press('Enter');
  };
  await one.profile.setOffline(true);
  await label(one, 'night');
  await becomes(() => one.screen.chip(), /1 kept on this device/);
  await label(two, 'backup');
  await becomes(() => two.screen.chip(), 'Saved');
  await one.profile.setOffline(false);
  await becomes(() => labels(one.screen, 'AE').innerText(), '#backup #night');
  await becomes(() => one.screen.chip(), 'Saved');
  expect(await kept('AE')).toBe('backup night');
  await one.screen.row('AE').focus();
  await one.page.keyboard.press('Control+z');
  await becomes(() => labels(one.screen, 'AE').innerText(), '#backup');
  await becomes(() => kept('AE'), 'backup');
});

test('labels that are half typed are there after a reload', async () => {
  const { screen, page } = await stage.person('lead', PLAN);
  await screen.row('AF').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByLabel('Labels').fill('half ty');
  await page.reload();
  await screen.row('AF').waitFor();
  await screen.row('AF').focus();
  await page.keyboard.press('c');
  await becomes(() => page.getByRole('dialog').getByLabel('Labels').inputValue(), 'half ty');
});

test('labels of several chapters are one edit, and one undo takes it back', async () => {
  const { screen, page } = await stage.person('lead', PLAN);
  for (const code of ['CA', 'CB', 'CC']) await screen.row(code).getByRole('checkbox').click();
  await screen.row('CB').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Labels of 3 chapters…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Labels of 3 chapters' });
  await axeFindsNothing(page);
  await page.keyboard.type('weekend, Data-Migration');
  await page.keyboard.press('Enter');
  await becomes(() => screen.chip(), 'Saved');
  await screen.row('CB').focus();
  await page.getByRole('button', { name: 'Plan…' }).click();
  await page.getByRole('menuitem', { name: 'Labels of 3 chapters…' }).click();
  await dialog.getByText('They have now: data-migration, weekend.').waitFor();
  await dialog.getByLabel('Take away').fill('weekend');
  await dialog.getByRole('button', { name: 'Set labels' }).click();
  for (const code of ['CA', 'CB', 'CC']) await becomes(() => labels(screen, code).innerText(), '#data-migration');
  await page.getByRole('button', { name: 'Undo labels of 3 chapters: take away weekend' }).click();
  for (const code of ['CA', 'CC']) await becomes(() => labels(screen, code).innerText(), '#data-migration #weekend');
  await becomes(() => screen.chip(), 'Saved');
  expect(await kept('CB')).toBe('data-migration weekend');
});

test('labels of several that are half typed wait as a draft, which leads to them though they were hidden', async () => {
  const { screen, page } = await stage.person('lead', PLAN);
  for (const code of ['CD', 'CE', 'CF']) await screen.row(code).getByRole('checkbox').click();
  await screen.row('CE').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Labels of 3 chapters…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Labels of 3 chapters' });
  await dialog.getByLabel('Add').fill('night, half+typed');
  await page.goto(`${page.url()}&macroplan-search=AB`);
  await becomes(() => screen.chip(), 'Saved');
  const notice = page.getByRole('list', { name: 'What needs your eye' });
  await notice.getByText('1 draft waits: CD and 2 more, labels.').waitFor();
  await notice.getByRole('button', { name: 'Open', exact: true }).click();
  await dialog.getByText(/^You had typed this and not saved it\./).waitFor();
  await axeFindsNothing(page);
  await dialog.getByLabel('Add').fill('night');
  await dialog.getByRole('button', { name: 'Set labels' }).click();
  for (const code of ['CD', 'CE', 'CF']) await becomes(() => labels(screen, code).innerText(), '#night');
  await page.getByText('3 selected').waitFor();
  await page.reload();
  await becomes(() => screen.chip(), 'Saved');
  await screen.row('CD').waitFor();
  expect(await notice.isVisible()).toBe(false);
});
