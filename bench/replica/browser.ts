/** A contestant's page in a browser profile of its own, and what is asked of it. */
import type { Page } from 'playwright-core';
import { Profile } from '../../e2e/support/profile.ts';
import type { Stage } from './page/stage.ts';
import { USER } from './plan-id.ts';

/** What `Stage` does, from outside: every answer a promise, every argument one that can be copied. */
export type Remote = {
  readonly [M in keyof Stage]: (...args: Parameters<Stage[M]>) => Promise<Awaited<ReturnType<Stage[M]>>>;
};

export function freshProfile(url: string): Promise<Profile> {
  return Profile.create(url, USER);
}

export async function onStage(profile: Profile, name: string): Promise<Remote> {
  const page: Page = await profile.open(`/page/${name}`);
  page.setDefaultTimeout(120_000);
  page.on('pageerror', (error) => console.error(`${name}: ${error.stack}`));
  const call = (method: string, args: readonly unknown[]) =>
    page.evaluate(
      ([called, given]) => {
        const { stage } = window as unknown as { stage: { [method: string]: (...args: unknown[]) => unknown } };
        return stage[called]?.(...given);
      },
      [method, args] as const,
    );
  return new Proxy({} as Remote, {
    get: (_target, method) => (method === 'then' ? undefined : (...args: unknown[]) => call(String(method), args)),
  });
}
