import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase } from '../infra/test/database.ts';
import { migrate } from './migrate.ts';

test('a second run changes nothing', async () => {
  const database = await createDatabase({ template: 'template0' });
  const client = new pg.Client(database.url);
  await client.connect();
  await migrate(client);
  const first = await client.query('select * from macroplan.migrations order by name');
  await migrate(client);
  const second = await client.query('select * from macroplan.migrations order by name');
  expect(second.rows).toEqual(first.rows);
  await client.end();
  await database.drop();
});
