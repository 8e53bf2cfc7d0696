/** The mails of a night as they would have gone out: what a lead does to have some, and the pages of `/dev/mails` that hold them. */
import type { Profile } from '../../e2e/support/profile.ts';
import { APP, becomes } from '../../e2e/support/screen.ts';

/** The demo plan lists it (infra/demo/recipients.ts). */
const TEAM = 'cutover-team@example.org';
const ITERATION = 'RUN3';
export const MAILS = APP.replace(/app$/, 'dev/mails');

/** The addresses of two pages: a digest of what happened, and the table that a lead sent. It takes three minutes: digests wait for two. */
export async function sendMails(lead: Profile): Promise<{ digest: string; table: string }> {
  const share = await lead.open(`${APP}?macroplan-tab=share&macroplan-iteration=${ITERATION}`);
  await share.getByRole('button', { name: 'Send by mail…' }).click();
  await share.getByRole('textbox', { name: 'To' }).fill(TEAM);
  await share.getByRole('textbox', { name: 'Words before the table' }).fill('Where we stand before the weekend.');
  await share.getByRole('button', { name: 'Send', exact: true }).click();

  // Whoever did something is told nothing of it; the team is somebody else.
  const live = await lead.open(`${APP}?macroplan-tab=live&macroplan-iteration=${ITERATION}`);
  await live.locator('.mp-line').first().waitFor();
  for (const word of [/^Done /, /^Resume /, /^Start /]) {
    const button = live.getByRole('button', { name: word }).first();
    if ((await button.count()) > 0) await button.click();
  }
  const mails = await lead.open(MAILS);
  const found = async (name: RegExp) => {
    const link = mails.getByRole('listitem').filter({ hasText: TEAM }).getByRole('link', { name }).first();
    await becomes(() => mails.reload().then(() => link.isVisible()), true, 300);
    return `${await link.evaluate((element) => (element as HTMLAnchorElement).href)}/html`;
  };
  return { table: await found(/Macro-plan of/), digest: await found(/chapters? reported/) };
}
