/** The conformance suite against this host, on a database of its own. */
import { afterAll, beforeAll } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/database.ts';
import { BASE_PATH } from './base-path.ts';
import { freshBrowserBuild } from './browser-build.ts';
import { accessConforms } from './conformance/access.ts';
import { hostileRequestsAreAnswered } from './conformance/hostile.ts';
import { mailsConform } from './conformance/mails.ts';
import { pagesConform } from './conformance/pages.ts';
import { readingConforms } from './conformance/reading.ts';
import { syncingConforms } from './conformance/syncing.ts';
import { type Host, startHost } from './server.ts';

let database: TestDatabase;
let host: Host;
beforeAll(async () => {
  database = await createDatabase();
  host = await startHost({ databaseUrl: database.hostUrl, dist: await freshBrowserBuild() });
});
afterAll(async () => {
  await host.close();
  await database.drop();
});

const baseUrl = () => host.url.replace('localhost', '127.0.0.1') + BASE_PATH;

readingConforms(baseUrl);
mailsConform(baseUrl);
syncingConforms(baseUrl);
accessConforms(baseUrl);
pagesConform(baseUrl);
hostileRequestsAreAnswered(baseUrl);
