import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../infra/test/database.ts';
import { scheduleId } from '../src/store/rows.ts';
import { isShownTwice } from '../src/store/times-text.ts';
import { tablePage } from '../src/views/share/table.ts';
import { stateAt } from './invariants.ts';
import { ADMIN, ask, createPlan, write } from './test-plan.ts';

let database: TestDatabase;
let plan: string;
const iteration = randomUUID();

/** 24 October 2026, 22:30 in Berlin; the clocks go back in the night that follows. */
const START = Date.UTC(2026, 9, 24, 20, 30) / 60_000;

beforeAll(async () => {
  database = await createDatabase();
  plan = await createPlan(database.host, 'TABLE');
  const [phase, chapter] = [randomUUID(), randomUUID()];
  await write(database, plan, [
    [
      'iterations',
      iteration,
      { code: 'CUT', name: 'Cutover & more', kind: 'CUTOVER', window_start: START, window_end: START + 600 },
    ],
    ['phases', phase, { code: 'P', name: '<script>alert(1)</script>' }],
    ['chapters', chapter, { code: 'C1', title: 'Stop "feeds"', phase_id: phase }],
    [
      'chapter_schedules',
      scheduleId(iteration, chapter),
      {
        chapter_id: chapter,
        iteration_id: iteration,
        planned_start: START,
        planned_end: START + 300,
        note: `<img src=x onerror='x'>`,
      },
    ],
  ]);
});

afterAll(async () => {
  await database.drop();
});

const show = async (id: string, purpose: string, options: object = {}) =>
  (await ask(database.host, 'show_table', [ADMIN, plan, id, purpose, options])) ?? '';

test('the table says times with weekday and date in the zone of the plan, across a change of clocks', async () => {
  const html = await show(iteration, 'page');
  expect(html).toContain('Sat 24 Oct 2026 22:30');
  expect(html).toContain('>22:30 – 02:30 UTC+1 (+1), 5h<');
  expect(html).toContain('Sun 25 Oct 2026, 25 hours: the clocks change');
  expect(html).toContain('>22:30 UTC+2 – 02:30 UTC+1 (+1), 5h<');
  expect(html).toContain('window Sat 24 Oct 2026 22:30 – Sun 25 Oct 2026 07:30. All times in Europe/Berlin (UTC+2).');
  expect(html).toContain('>Planned<');
});

test('times of the hour that clocks show twice say by which clock, in the window and for leadership too', async () => {
  await write(database, plan, [['iterations', iteration, { window_start: START + 240, window_end: START + 300 }]]);
  const [full, leadership] = [await show(iteration, 'page'), await show(iteration, 'page', { variant: 'leadership' })];
  await write(database, plan, [['iterations', iteration, { window_start: START, window_end: START + 600 }]]);
  expect(full).toContain('window Sun 25 Oct 2026 02:30 UTC+2 – Sun 25 Oct 2026 02:30 UTC+1. All times');
  expect(leadership).toContain('>Sat 24 Oct 2026 22:30<');
  expect(leadership).toContain('>Sun 25 Oct 2026 02:30 UTC+1<');
});

test('which times clocks show twice is as the browser has it, on every minute around a change in any zone', async () => {
  for (const [zone, date] of NIGHTS) {
    const start = Date.parse(`${date}T00:00Z`) / 60_000;
    const minutes = Array.from({ length: (2 * 1_440) / 5 }, (_, i) => start + 5 * i);
    const { rows } = await database.admin.query<{ minute: number }>(
      `select minute from unnest($1::int[]) as minute where macroplan.is_shown_twice(to_timestamp(minute * 60::bigint), $2)`,
      [minutes, zone],
    );
    expect([zone, rows.map(({ minute }) => minute)]).toEqual([
      zone,
      minutes.filter((each) => isShownTwice(zone, each)),
    ]);
  }
});

test('what people typed is text in the table, never markup', async () => {
  const html = await show(iteration, 'mail');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('Stop &quot;feeds&quot;');
  expect(html).toContain('&lt;img src=x onerror=&#39;x&#39;&gt;');
  expect(html).toContain('Cutover &amp; more');
  expect(html).not.toMatch(/<script|<img/);
});

test('what turns the direction of text, or runs from right to left, turns nothing beside it', async () => {
  const { rows } = await database.admin.query(
    `select macroplan.escape_html(text) as text from unnest($1::text[]) with ordinality as t(text, n) order by n`,
    [['\u202eAB', 'שלום', 'one\n\u2069two\u202b', 'plain']],
  );
  expect(rows.map(({ text }) => text)).toEqual([
    '\u2068\u202eAB\u2069',
    '\u2068שלום\u2069',
    '\u2068one\u2069\n\u2068two\u202b\u2069',
    'plain',
  ]);
});

test('the table needs nothing from elsewhere', async () => {
  expect(await show(iteration, 'page')).not.toMatch(/ src="| href=|class=|url\(/);
});

test('an iteration of no or another plan, and another purpose, are rejected', async () => {
  await expect(show(randomUUID(), 'page')).rejects.toMatchObject({ code: 'MP404' });
  await expect(show('no id', 'page')).rejects.toMatchObject({ code: 'MP404' });
  await expect(show(iteration, 'fax')).rejects.toMatchObject({ code: 'MP400' });
});

test('a link to the live plan is the only thing that leads elsewhere', async () => {
  const html = await show(iteration, 'mail', { link: 'https://plans.example.com/?a=1&b="2"' });
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://plans.example.com/?a=1&amp;b=&quot;2&quot;"']);
});

/** What Word-based Outlook and Confluence's editor keep. */
const KEPT = {
  tags: [
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'h1',
    'h2',
    'p',
    'b',
    'br',
    'a',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ],
  attributes: [
    'lang',
    'charset',
    'style',
    'href',
    'width',
    'cellpadding',
    'cellspacing',
    'border',
    'scope',
    'colspan',
    'bgcolor',
  ],
  properties: [
    'font-family',
    'font-size',
    'color',
    'margin',
    'border',
    'border-collapse',
    'padding',
    'text-align',
    'vertical-align',
    'background-color',
    'word-break',
    'mso-table-lspace',
    'mso-table-rspace',
  ],
};

test('a mail is made only of what Outlook and Confluence keep', async () => {
  const html = await show(iteration, 'mail', { link: 'https://plans.example.com/', since: 1 });
  const tags = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag);
  const attributes = [...html.matchAll(/ ([a-z]+)="/g)].map(([, name]) => name);
  const properties = [...html.matchAll(/ style="([^"]*)"/g)]
    .flatMap(([, style = '']) => style.split(';'))
    .map((declaration) => declaration.split(':')[0]);
  expect([...new Set(tags)].filter((tag) => !KEPT.tags.includes(tag ?? ''))).toEqual([]);
  expect(tags).not.toContain('style');
  expect([...new Set(attributes)].filter((name) => !KEPT.attributes.includes(name ?? ''))).toEqual([]);
  expect([...new Set(properties)].filter((name) => !KEPT.properties.includes(name ?? ''))).toEqual([]);
  const widths = [...html.matchAll(/<table width="(\d+)"/g)].map(([, width]) => Number(width));
  expect(Math.max(...widths)).toBeLessThanOrEqual(1_000);
});

/** Nights on which the clocks of these zones change, at or near midnight too, and zones off the full hour. */
const NIGHTS = [
  ['Europe/Berlin', '2026-10-24'],
  ['Europe/Berlin', '2026-03-28'],
  ['America/Havana', '2026-10-31'],
  ['Asia/Beirut', '2026-03-28'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['America/St_Johns', '2026-03-07'],
  ['Asia/Kolkata', '2026-05-05'],
  ['UTC', '2026-12-31'],
] as const;

test.each(NIGHTS)(
  'a replica in %s makes the same table of %s as the database, letter by letter',
  async (zone, date) => {
    const random = randomOf(date);
    const some = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
    const ours = await createPlan(database.host, `SAME ${zone} ${date}`);
    const run = randomUUID();
    const start = Date.parse(`${date}T12:00Z`) / 60_000;
    const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
    const [phases, teams, sites, chapters] = [ids(3), ids(2), ids(2), ids(25)];
    const texts = [
      'Stop <feeds> & "jobs"',
      'Öl – fünf 𝄞 Noten',
      "It's done",
      'x'.repeat(400),
      '\u202eturned\u2069 "שלום" \u2067x',
    ];
    await write(database, ours, [
      ['plans', ours, { time_zone: zone, name: `Move & 'go'` }],
      [
        'iterations',
        run,
        { code: 'R', name: 'Run <1>', kind: 'RUN', window_start: start, window_end: start + 2_000, state: 'live' },
      ],
      ...phases.map(
        (id, i) => ['phases', id, { code: some(['Z', 'a', 'É']) + i, name: some(texts), position: i % 2 }] as const,
      ),
      ...teams.map((id, i) => ['teams', id, { code: `T&${i}`, name: 'Team' }] as const),
      ...sites.map(
        (id, i) => ['sites', id, { code: `S${i}`, name: 'Site', time_zone: some(['Asia/Tokyo', zone]) }] as const,
      ),
      ...chapters.map(
        (id, i) =>
          [
            'chapters',
            id,
            {
              code: `${some(['b', 'B', 'ß', '𝄞', '～'])}${i}`,
              title: some(texts).slice(0, 60),
              phase_id: some(phases),
              kind: some(['work', 'work', 'gate', 'milestone', 'buffer']),
              position: i % 4,
              team_id: some([...teams, null]),
              site_id: some([...sites, null]),
            },
          ] as const,
      ),
      ...chapters.slice(3).map((chapter) => {
        const begin = start + Math.floor(random() * 60) * 23;
        const status = some(['pending', 'ready', 'running', 'done', 'blocked', 'skipped']);
        return [
          'chapter_schedules',
          scheduleId(run, chapter),
          {
            chapter_id: chapter,
            iteration_id: run,
            planned_start: begin,
            planned_end: begin + some([0, 15, 60, 333, 1_440, 3_000]),
            status,
            actual_start: ['running', 'done'].includes(status) ? some([begin + 5, null]) : null,
            actual_end: status === 'done' ? some([begin + 777, null]) : null,
            note: some(['', ...texts]),
          },
        ] as const;
      }),
    ]);
    const last = await write(database, ours, [
      ['chapter_schedules', scheduleId(run, chapters[5] ?? ''), { note: 'Changed since' }],
    ]);
    const { rows: replica } = await stateAt(database.admin, ours, last);
    for (const variant of ['full', 'leadership'] as const) {
      for (const since of [null, last - 1]) {
        const made = { variant, since, link: null, by: "Kim O'Neil", at: 1_800_000_012_345, rev: last };
        const { rows } = await database.admin.query(
          'select macroplan.table_page(i, $2) as html from macroplan.iterations as i where i.plan_id = $1',
          [ours, { ...made, for: 'page' }],
        );
        const html = tablePage(replica, { ...made, iterationId: run, purpose: 'page' });
        expect(html?.replaceAll('<tr>', '\n<tr>').split('\n')).toEqual(
          rows[0].html.replaceAll('<tr>', '\n<tr>').split('\n'),
        );
        expect(html).toContain(since === null ? 'Revision' : '(changed)');
      }
    }
  },
);

/** A small generator, so that a night that fails fails again. */
function randomOf(seed: string): () => number {
  let state = [...seed].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
