/**
 * `npm run pictures`: takes the pictures that README shows, of the real thing: `npm start` on a folder of its own, two
 * planners in two browsers, a cut cable.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { Profile } from '../../e2e/support/profile.ts';
import { APP, becomes, Screen } from '../../e2e/support/screen.ts';
import { ROOT } from '../../infra/root.ts';
import { MAILS, sendMails } from './mails.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'macroplan-pictures-'));
const host = spawn(process.execPath, ['build.mjs', 'run', 'infra/host/start.ts'], {
  cwd: ROOT,
  env: { ...process.env, PORT: '0', MACROPLAN_DATA_DIR: folder, MACROPLAN_SEED: 'demo', MACROPLAN_AUTH: 'dev' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const profiles: Profile[] = [];
/** As people have it: semicolons, days first, durations each in another form, a predecessor that nobody knows. */
const PASTED = [
  'Code;Task;Start;Duration;Depends on',
  'CA;Announce the start of weekend 1;29/1/2027 17:45;45m;',
  'CC;Extract client master data;29/1/2027 20:30;5,5h;CB FS+30',
  'CD;Extract accounts and products;29/1/2027 20:00;PT8H30M;CB',
  'CE;;29/1/2027 20:00;5:15;CB, C99',
  'CF;Ship extracts to the target data centre;31/2/2027 21:00;7h;CC SS+60',
];
try {
  const url = await readyAt(host.stdout);
  const [a, b] = [await Profile.create(url, 'planner-a'), await Profile.create(url, 'planner-b')];
  profiles.push(a, b);
  await take(a, b);
  const lead = await Profile.create(url, 'lead');
  profiles.push(lead);
  await takeMails(lead);
} finally {
  await Promise.all(profiles.map((profile) => profile.remove()));
  host.kill('SIGINT');
  await new Promise((resolve) => host.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
}

async function take(a: Profile, b: Profile): Promise<void> {
  const planning = new Screen(await a.open(`${APP}?macroplan-iteration=DR1&macroplan-zoom=day`));
  const other = new Screen(await b.open(`${APP}?macroplan-iteration=DR1&macroplan-zoom=day`));
  for (const screen of [planning, other]) await becomes(() => screen.chip(), 'Saved');

  await b.setOffline(true);
  await planning.type('CC', 'start', '+30m');
  await planning.type('CE', 'start', '+30m');
  await becomes(() => planning.chip(), 'Saved');
  await other.type('CC', 'start', '+45m');
  await other.note('CD', 'Second tape drive is ready');
  await becomes(() => other.chip(), /2 kept on this device/);
  await shoot(other.page, 'offline');

  await b.setOffline(false);
  await becomes(() => other.chip(), '1 needs you', 60);
  await other.openTab('Conflicts');
  await shoot(other.page, 'conflict');

  const planner = new Screen(await a.open(APP));
  await becomes(() => planner.chip(), 'Saved');
  await shoot(planner.page, 'planner');

  await planner.page.keyboard.press('Control+k');
  await planner.page.getByRole('combobox').fill('load');
  await shoot(planner.page, 'commands');
  await planner.page.keyboard.press('Escape');

  const live = new Screen(await a.open(`${APP}?macroplan-tab=live`));
  await becomes(() => live.chip(), 'Saved');
  await shoot(live.page, 'live');
  await live.page.setViewportSize({ width: 390, height: 844 });
  await live.page.locator('.mp-counters').evaluate((counters) => counters.scrollIntoView());
  await shoot(live.page, 'phone');

  const table = new Screen(await a.open(`${APP}?macroplan-tab=share&macroplan-iteration=DR1`));
  await table.page.frameLocator('.mp-share-preview').getByRole('heading', { level: 1 }).waitFor();
  await shoot(table.page, 'table');
  await shootPrinted(table.page);

  const files = new Screen(await a.open(`${APP}?macroplan-iteration=DR1`));
  await becomes(() => files.chip(), 'Saved');
  await files.openTab('Files');
  const pasted = files.page.getByRole('textbox', { name: /paste/i });
  await pasted.fill(PASTED.join('\n'));
  await pasted.blur();
  await files.page.getByRole('button', { name: /^Import/ }).waitFor();
  await shoot(files.page, 'import');

  const macro = new Screen(await a.open('/confluence'));
  await becomes(() => macro.chip(), 'Saved');
  await macro.page.getByRole('button', { name: /dark/i }).click();
  await shoot(macro.page, 'confluence-dark');
}

async function takeMails(lead: Profile): Promise<void> {
  const { digest, table } = await sendMails(lead);
  const page = await lead.open(MAILS);
  for (const [name, address, height] of [
    ['mail-digest', digest, 320],
    ['mail-table', table, 760],
  ] as const) {
    await page.setViewportSize({ width: 1120, height });
    await page.goto(address);
    await shoot(page, name);
  }
}

/** The first sheet of the table on paper: A4 across, in the pixels of a screen. */
async function shootPrinted(share: Page): Promise<void> {
  const html = await share
    .frameLocator('.mp-share-preview')
    .locator('html')
    .evaluate(({ outerHTML }) => outerHTML);
  const page = await share.context().newPage();
  await page.setViewportSize({ width: 1123, height: 794 });
  await page.emulateMedia({ media: 'print' });
  await page.setContent(html);
  await shoot(page, 'print');
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(700);
  await page.screenshot({ path: path.join(ROOT, 'docs/pictures', `${name}.png`) });
  console.log(`docs/pictures/${name}.png`);
}

/** The address in the line that says that all is ready. */
function readyAt(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk;
      const url = /ready at (\S+?)\/ /.exec(text)?.[1];
      if (url) resolve(url);
    });
    output.on('end', () => reject(new Error(`The host did not start: ${text}`)));
  });
}
