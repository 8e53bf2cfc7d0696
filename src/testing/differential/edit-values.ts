/** Values for the fields of made-up edits: few good ones, so that people choose the same, and every kind of bad one. */
import { labelsText } from '../../store/labels.ts';
import type { Value } from '../../store/rows.ts';
import { TABLES, type TableName } from '../../store/schema.ts';
import type { Chance } from '../simulation/chance.ts';

/** Some noon in 2027, in minutes. */
export const NOON = 30_000_000;

export function goodValue(
  chance: Chance,
  table: TableName,
  field: string,
  ids: { readonly [T in TableName]: readonly string[] },
): Value {
  const schema = TABLES[table][field];
  if (!schema || (!schema.required && chance.is(0.3))) return null;
  switch (schema.type) {
    case 'code':
      return chance.pick(['A', 'B', 'C', '0', '1', 'RUN0', 'Größe 7']) ?? 'A';
    case 'text':
      return chance.pick(['Stop', 'Start', 'Prüfen', '<b>"x"</b>']) ?? 'Stop';
    case 'long_text':
      return chance.pick(['', 'Vendor is late', 'two\nlines', "it's 100 %"]) ?? '';
    case 'labels':
      // Sorted, of few words, so that people add and take away the same ones.
      return labelsText(['backup', 'data-migration', 'go_live', 'prüfen', 'x'.repeat(40)].filter(() => chance.is(0.5)));
    case 'instant':
    case 'milliseconds':
      return NOON + (chance.pick([-60, 0, 0, 30, 60, 90, 120]) ?? 0);
    case 'integer':
      return chance.pick([0, 1, 30]) ?? 0;
    case 'boolean':
      return chance.is(0.5);
    case 'zone':
      return chance.pick(['UTC', 'Europe/Berlin', 'America/New_York', 'Etc/GMT+3']) ?? 'UTC';
    case 'reference':
      return chance.pick(ids[schema.table ?? 'chapters']) ?? null;
    case 'choice':
      return chance.pick(likely(table, field, schema.values ?? [])) ?? null;
    case 'email':
      return chance.pick(['ops@bank.example', 'a.b+c@x.y.example']) ?? null;
    case 'principal':
      return chance.pick(['user:lea', 'user:pat', 'user:lou', 'group:cutover team']) ?? null;
    case 'uuid':
      return chance.uuid();
    case 'json':
      return { [chance.uuid()]: [NOON, NOON + 60] };
  }
}

/** A plan that is closed, or whose iterations are all done, has little left to say. */
function likely(table: TableName, field: string, values: readonly string[]): readonly string[] {
  if (table === 'plans' && field === 'state') return ['draft', 'approved', 'draft', 'approved', 'draft', 'closed'];
  if (table === 'iterations' && field === 'state') return ['planned', 'planned', 'planned', 'frozen', 'live', 'done'];
  return values;
}

export function badValue(chance: Chance): Value {
  return (
    chance.pick<Value>([
      null,
      '',
      ' ',
      'x'.repeat(41),
      'x'.repeat(501),
      '😀'.repeat(40),
      '😀'.repeat(41),
      'x'.repeat(10_001),
      'tab\there',
      ' padded',
      'b a',
      'a a',
      'a  b',
      'Backup',
      'ærø þ',
      'x×y',
      Array.from('abcdefghijklmnopqrstu').join(' '),
      'no\u00a0',
      0,
      -1,
      1.5,
      1e15,
      9_007_199_254_740_991,
      100_001,
      15_778_079,
      68_374_081,
      true,
      [],
      {},
      { x: [1, 2] },
      [NOON, NOON],
      'Europe/Atlantis',
      'europe/berlin',
      'CEST',
      'Foo/Bar+3',
      'a@b@c',
      'user:',
      'team:x',
      '00000000-0000-4000-8000-00000000000G',
      '00000000-0000-4000-8000-0000000000FF',
    ]) ?? null
  );
}
