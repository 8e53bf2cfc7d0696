/** Starts one PostgreSQL for all SQL tests, in memory as far as it goes, with a migrated database to copy. */
import type { TestProject } from 'vitest/node';
import { startThrowaway } from './throwaway-postgres.ts';

export interface TestServer {
  /** The superuser's address of the migrated template, to which nobody may stay connected. */
  readonly templateUrl: string;
  readonly hostPassword: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer;
  }
}

export default (project: TestProject) => setUp(project);

/** `programs`: the npm package whose PostgreSQL runs; undefined: the current one. */
export async function setUp(project: TestProject, programs?: string): Promise<() => Promise<void>> {
  const { url, hostPassword, stop } = await startThrowaway(programs);
  project.provide('postgres', { templateUrl: url, hostPassword });
  return stop;
}
