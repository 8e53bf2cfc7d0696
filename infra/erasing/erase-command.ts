/**
 * `npm run erase -- --user KEY [--name NAME]… [--erasures FILE]` erases the display name of a person (docs/operations.md), notes it
 * beside the backups, and prints where the name, or another that is given, stands still in what people typed.
 * `npm run erase -- --undo --user KEY` lets the person be named again from then on. Ends with 1 and a sentence where it failed.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onDatabase, readBackupSettings } from '../backup/settings.ts';
import { connected } from '../postgres/connected.ts';
import { type Erased, erasePerson, type Place } from './erase.ts';
import { ERASURES, noteErasure } from './erasures-file.ts';

/** Rows of one field that are named; a word that is a name too may stand in thousands. */
const SHOWN_MAX = 20;

try {
  const { values } = parseArgs({
    options: {
      user: { type: 'string' },
      name: { type: 'string', multiple: true, default: [] },
      erasures: { type: 'string' },
      undo: { type: 'boolean', default: false },
    },
  });
  const { user, undo: isUndone } = values;
  if (!user) throw new Error('Say whose name: npm run erase -- --user KEY');
  const { folder } = readBackupSettings(process.env);
  const file = path.resolve(values.erasures ?? path.join(folder, ERASURES));
  await mkdir(path.dirname(file), { recursive: true });
  // First, so that no erasure is ever missing there; one that failed is made again by the next restore, which nobody minds.
  await noteErasure(file, { user_key: user, at: new Date().toISOString(), is_undone: isUndone });
  await onDatabase(process.env, ({ url }) =>
    connected(url, async (client) => {
      if (!isUndone) {
        report(await erasePerson(client, user, values.name));
        return;
      }
      const { rows } = await client.query('select macroplan.unerase_person($1) as was_erased', [user]);
      console.log(rows[0].was_erased ? 'This person is named again from now on.' : 'This person was not erased.');
    }),
  );
  console.log(`Noted in ${file}, for restores of older backups.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function report({ plans, names, places }: Erased): void {
  console.log(`The name is erased. Plans that had it: ${plans.length}.`);
  if (names.length === 0) console.log('No name of this person but the key is known here; --name NAME looks for one.');
  else if (places.length === 0) console.log('No text in the database holds it any more.');
  else console.log(`Left as it is, since people typed it or it is another person’s (${places.length}):`);
  for (const [field, keys] of groupedByField(places)) {
    for (const key of keys.slice(0, SHOWN_MAX)) console.log(`  ${field} ${JSON.stringify(key)}`);
    if (keys.length > SHOWN_MAX) console.log(`  ${field} in ${keys.length - SHOWN_MAX} more rows`);
  }
}

function groupedByField(places: readonly Place[]): ReadonlyMap<string, readonly Place['key'][]> {
  const groups = new Map<string, Place['key'][]>();
  for (const { table_name, field, key } of places) {
    const name = `${table_name}.${field}`;
    const group = groups.get(name);
    if (group) group.push(key);
    else groups.set(name, [key]);
  }
  return groups;
}
