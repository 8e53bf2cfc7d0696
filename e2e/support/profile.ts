/**
 * A browser profile: one person at one machine. Its folder outlives the browser, so that a test can close or kill the
 * browser and open it again on the same disk.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '../../infra/test/chromium.ts';

export class Profile {
  readonly #folder: string;
  readonly #url: string;
  #user: string;
  #context: BrowserContext | null = null;
  #isOffline = false;

  private constructor(folder: string, url: string, user: string) {
    this.#folder = folder;
    this.#url = url;
    this.#user = user;
  }

  /** A fresh profile, signed in on `url` as one of the development users. */
  static async create(url: string, user: string): Promise<Profile> {
    return new Profile(await mkdtemp(path.join(tmpdir(), 'macroplan-profile-')), url, user);
  }

  /** A tab on a path of the host; starts the browser where it does not run. */
  async open(pathAndQuery = '/rest/scriptrunner/latest/custom/macroplan/app'): Promise<Page> {
    const context = await this.#running();
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(this.#url + pathAndQuery);
    return page;
  }

  /** Another person, or nobody (`signed-out`), has the session of this browser from now on. */
  async signInAs(user: string): Promise<void> {
    this.#user = user;
    if (this.#context) await this.#context.addCookies([this.#cookie()]);
  }

  /** Pulls the plug, or puts it back. */
  async setOffline(isOffline: boolean): Promise<void> {
    this.#isOffline = isOffline;
    await (await this.#running()).setOffline(isOffline);
  }

  /** Closes the browser; the disk stays. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  /** kill -9 of every process of the browser, as a crash or the end of the battery would; the disk stays. */
  async kill(): Promise<void> {
    for (const pid of await processesOf(this.#folder)) process.kill(pid, 'SIGKILL');
    await this.#context?.close().catch(() => undefined);
    this.#context = null;
    // Chromium refuses a profile whose last owner seems to live.
    await Promise.all(
      ['SingletonLock', 'SingletonSocket', 'SingletonCookie'].map((name) =>
        rm(path.join(this.#folder, name), { force: true }),
      ),
    );
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #running(): Promise<BrowserContext> {
    if (this.#context) return this.#context;
    const context = await chromium.launchPersistentContext(this.#folder, {
      executablePath: chromiumPath(),
      args: CHROMIUM_FLAGS,
      viewport: { width: 1440, height: 900 },
      timezoneId: 'Europe/Zurich',
      locale: 'en-GB',
    });
    await context.addCookies([this.#cookie()]);
    await context.setOffline(this.#isOffline);
    this.#context = context;
    return context;
  }

  #cookie() {
    return { name: 'macroplan_dev_user', value: this.#user, url: this.#url };
  }
}

/** Processes whose command line names the profile's folder; renderers are children that die with them. */
async function processesOf(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const named = await Promise.all(
    pids.map(async (pid) => (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(folder)),
  );
  return pids.filter((_, i) => named[i]);
}
