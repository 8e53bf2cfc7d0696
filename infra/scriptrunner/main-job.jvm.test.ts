/** The main job in a real Chromium, over the scripts on a JVM: both namespaces. */
import { describe } from 'vitest';
import { mainJobIsDone } from '../../e2e/support/main-job.ts';
import { startNode } from './node.ts';

describe.each(['javax', 'jakarta'] as const)('on %s', (line) => {
  mainJobIsDone((databaseUrl) => startNode({ line, databaseUrl }));
});
