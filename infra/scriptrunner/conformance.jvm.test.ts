/** The conformance suite against the scripts on a JVM, on a database of its own: both namespaces, with and without a context path. */
import { afterAll, beforeAll, describe } from 'vitest';
import { accessConforms } from '../host/conformance/access.ts';
import { hostileRequestsAreAnswered } from '../host/conformance/hostile.ts';
import { mailsConform } from '../host/conformance/mails.ts';
import { pagesConform } from '../host/conformance/pages.ts';
import { readingConforms } from '../host/conformance/reading.ts';
import { syncingConforms } from '../host/conformance/syncing.ts';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { type Node, startNode } from './node.ts';

describe.each([
  { line: 'javax', context: '/wiki' },
  { line: 'jakarta', context: '' },
] as const)('on $line below "$context"', (options) => {
  let database: TestDatabase;
  let node: Node;
  beforeAll(async () => {
    database = await createDatabase();
    node = await startNode({ ...options, databaseUrl: database.hostUrl });
  });
  afterAll(async () => {
    await node?.close();
    await database.drop();
  });
  const baseUrl = () => node.baseUrl;

  readingConforms(baseUrl);
  mailsConform(baseUrl);
  syncingConforms(baseUrl);
  accessConforms(baseUrl, 'confluence');
  pagesConform(baseUrl);
  hostileRequestsAreAnswered(baseUrl, 'confluence');
});
