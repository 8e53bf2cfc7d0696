/** The host and the people of one test file: the host for all of its tests, profiles for one test each. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { Profile } from './profile.ts';
import { becomes, Screen } from './screen.ts';
import { startTestHost, type TestHost } from './test-host.ts';

export interface Stage {
  /** Runs from the first test on. */
  readonly host: TestHost;
  /** A fresh profile, gone after the test; `url`: another way to the host. */
  profile(user: string, url?: string): Promise<Profile>;
  /** A person in a fresh profile, on a page that has read the plan and answers keys. */
  person(user: string, where: string): Promise<Person>;
  /** How often a note was written, by the event log. */
  timesLogged(note: string): Promise<number | undefined>;
}

export interface Person {
  readonly profile: Profile;
  readonly screen: Screen;
  readonly page: Screen['page'];
}

export function setStage(): Stage {
  let host: TestHost | undefined;
  let profiles: Profile[] = [];

  beforeAll(async () => {
    host = await startTestHost();
  });

  afterEach(async () => {
    for (const profile of profiles) await profile.remove();
    profiles = [];
  });

  afterAll(() => host?.close());

  const stage: Stage = {
    get host() {
      if (!host) throw new Error('the host does not run yet');
      return host;
    },
    async profile(user, url = stage.host.url) {
      const profile = await Profile.create(url, user);
      profiles.push(profile);
      return profile;
    },
    async person(user, where) {
      const profile = await stage.profile(user);
      const screen = new Screen(await profile.open(where));
      await becomes(() => screen.chip(), 'Saved');
      // Until the code of hands is here, a press is kept and done later; Tab, which is the browser's, would be done before it.
      if (await screen.page.locator('.mp-planner').count()) {
        await screen.page.locator('.mp-selection').waitFor({ state: 'attached' });
      }
      return { profile, screen, page: screen.page };
    },
    async timesLogged(note) {
      const sql = `select count(*)::int as n from macroplan.event_log where after ->> 'note' = $1`;
      return (await stage.host.database.admin.query<{ n: number }>(sql, [note])).rows[0]?.n;
    },
  };
  return stage;
}
