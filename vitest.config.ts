import { defineConfig } from 'vitest/config';

/** What the doors promise, and each function's own vectors. */
const CORE = [
  'delta',
  'edit-import',
  'edit-vectors',
  'log',
  'mail',
  'migrate',
  'order',
  'prune',
  'quiet-hours',
  'roles',
  'sync',
];

/** No verdict depends on how fast the machine is: what is waited for comes, or it never does. */
const expect = { poll: { timeout: 60_000 } };

const oldest = {
  test: {
    name: 'oldest',
    expect,
    include: [
      ...CORE.map((name) => `migrations/${name}.pg.test.ts`),
      'infra/host/conformance.pg.test.ts',
      'infra/host/played-night.pg.test.ts',
      'infra/host/quiet-night.pg.test.ts',
    ],
    globalSetup: ['infra/test/oldest-postgres-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

/**
 * One configuration, six rooms: `unit` needs nothing, `sql` starts PostgreSQL, `oldest` runs the core's tests on the oldest
 * one that we promise, `browser` adds the host and Chromium,
 * `scriptrunner` a JVM with stand-ins of the platform, `project-files` a JVM with another program's library.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          expect,
          include: ['src/**/*.test.ts', 'infra/**/*.test.ts'],
          exclude: ['**/*.pg.test.ts', '**/*.jvm.test.ts', '**/node_modules/**'],
          environment: 'node',
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'sql',
          expect,
          include: ['migrations/**/*.pg.test.ts', 'infra/**/*.pg.test.ts'],
          globalSetup: ['infra/test/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'scriptrunner',
          expect,
          include: ['infra/scriptrunner/**/*.jvm.test.ts'],
          globalSetup: ['infra/scriptrunner/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'project-files',
          expect,
          include: ['infra/project-files/**/*.jvm.test.ts'],
          testTimeout: 120_000,
          // The first time Maven downloads what it needs.
          hookTimeout: 600_000,
        },
      },
      // npm has a PostgreSQL 14 for the machines of CI only.
      ...(process.platform === 'linux' && process.arch === 'x64' ? [oldest] : []),
      {
        test: {
          name: 'browser',
          expect,
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: ['infra/test/postgres-setup.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
