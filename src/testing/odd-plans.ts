/** Plans as careless as the rules allow: codes that look like others, like links or like formulas; titles and times that break what is written without care. */
import fc from 'fast-check';
import { labelsText } from '../store/labels.ts';
import { insertRow } from '../store/ops.ts';
import { scheduleId } from '../store/rows.ts';
import type { PlanView } from '../store/view.ts';
import { applied, emptyView } from './demo-view.ts';
import { importedId } from './import-night.ts';
import { at } from './sample-view.ts';

const PLAN = { id: '10000000-0000-4000-8000-0000000000ee', code: 'ODD', name: 'A plan', time_zone: 'Europe/Zurich' };
const RUN = '40000000-0000-4000-8000-000000000001';

const code = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('AB', 'ab', 'Ab', 'A-1', 'A-2', 'CH-7', '12', '7', '007', 'B', 'b', 'İ', 'ß'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        'A,B',
        'A;B',
        'A FS+30',
        'A FS',
        'A SS-1h',
        'FS',
        'A+B',
        'A -5',
        '-',
        '–',
        '−',
        '"q"',
        'x"y',
        '=1',
        '+5',
        "'x",
      ],
      ...[
        "'=x",
        'A  B',
        'A\u200bB',
        'x\u00a0y',
        '1.5',
        '1e5',
        '3/4',
        'a|b',
        'T12',
        '<b>',
        '&amp;',
        'x\u202ey',
        'e\u0301',
      ],
    ),
  },
);
const line = fc.oneof(
  fc.constantFrom(
    ...[
      'Load',
      'load',
      '=1+1',
      "'=1",
      'a,b;c',
      '"',
      '  lead',
      'two  blanks',
      'trail ',
      '\u202egarbled',
      'שלום עולם',
      '😀',
    ],
    ...['-5', '<b>x</b>', ']]>', '12', 'A FS', 'Phase', 'x'.repeat(500), '\u200bx', "'", 'no', '-'],
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.replaceAll(/\p{Cc}/gu, ' '))
    .filter((text) => text.trim() !== ''),
);
const longText = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\n',
      'a\nb',
      'a\r\nb',
      '\ttab',
      '=1',
      ' lead',
      'trail\n',
      '"',
      'x'.repeat(500),
      '\u202e',
      'a\u00a0b',
      '-',
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\u0000', '')),
);
/** Nights with 23 and 25 hours, midnights, the hour that is there twice, and any other minute. */
const minute = fc.oneof(
  fc.integer({ min: at('2026-10-24T22:00Z'), max: at('2026-10-25T04:00Z') }),
  fc.integer({ min: at('2026-03-28T22:00Z'), max: at('2026-03-29T04:00Z') }),
  fc.constantFrom(at('2026-10-24T22:00Z'), at('2026-03-28T23:00Z'), at('2026-10-25T00:30Z'), at('2026-10-25T01:30Z')),
  fc.integer({ min: at('2001-01-02T00:00Z'), max: at('2099-01-01T00:00Z') }),
);
/** Some begin as a formula does, some are long, some make Project's text field too short. */
const labels = fc
  .uniqueArray(
    fc.constantFrom('-1', '0', '_', 'go-live', 'übergabe', ...[...'abcdefgh'].map((letter) => letter.repeat(40))),
  )
  .map(labelsText);
const place = fc.nat({ max: 2 });
const named = fc.uniqueArray(fc.record({ code, name: line }), {
  selector: (row) => row.code,
  minLength: 3,
  maxLength: 3,
});

const plan = fc.record({
  phases: named,
  teams: named,
  sites: named,
  chapters: fc.uniqueArray(
    fc.record({
      code,
      title: line,
      kind: fc.constantFrom('work', 'milestone', 'gate', 'buffer'),
      phase: place,
      team: fc.option(place),
      site: fc.option(place),
      success_criterion: longText,
      rollback_action: longText,
      labels,
      note: longText,
      start: minute,
      minutes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 })),
      fixed: fc.boolean(),
      deadline: fc.option(minute),
      status: fc.constantFrom('pending', 'ready', 'running', 'done', 'blocked', 'skipped'),
      actual: minute,
      decision: fc.constantFrom('go', 'no_go', null),
      isScheduled: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
    }),
    { selector: (chapter) => chapter.code, minLength: 1, maxLength: 6 },
  ),
  links: fc.uniqueArray(
    fc.record({
      from: fc.nat({ max: 5 }),
      to: fc.nat({ max: 5 }),
      kind: fc.constantFrom('FS', 'SS', 'FF'),
      lag: fc.integer({ min: -2_000, max: 2_000 }),
    }),
    { selector: ({ from, to, kind }) => `${from} ${to} ${kind}`, maxLength: 5 },
  ),
  windows: fc.array(
    fc.record({
      name: line,
      start: minute,
      minutes: fc.nat({ max: 5_000 }),
      forbids: fc.constantFrom('start', 'end', 'both'),
      site: fc.option(place),
    }),
    { maxLength: 2 },
  ),
});

type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;
type OddChapter = Plan['chapters'][number];

/** Seen by a lead, with one iteration, RUN1, in which at least one chapter is scheduled. */
export const oddPlans: fc.Arbitrary<PlanView> = plan
  .filter(({ chapters }) => chapters.some(({ isScheduled }) => isScheduled))
  .map(({ phases, teams, sites, chapters, links, windows }) => {
    const ids = {
      phases: phases.map(importedId),
      teams: teams.map(importedId),
      sites: sites.map(importedId),
      chapters: chapters.map(importedId),
    };
    const window = { window_start: at('2026-03-28T19:00Z'), window_end: at('2026-03-29T10:00Z') };
    return applied(emptyView(PLAN), [
      insertRow('iterations', RUN, { code: 'RUN1', name: 'First run', kind: 'RUN', ...window }),
      ...phases.map((row, i) => insertRow('phases', ids.phases[i] ?? '', { ...row, position: i })),
      ...teams.map((row, i) => insertRow('teams', ids.teams[i] ?? '', row)),
      ...sites.map((row, i) => insertRow('sites', ids.sites[i] ?? '', { ...row, time_zone: 'Europe/London' })),
      ...chapters.map(
        ({ code: own, title, kind, phase, team, site, success_criterion, rollback_action, labels: words }, i) =>
          insertRow('chapters', ids.chapters[i] ?? '', {
            ...({ code: own, title, kind, position: i, success_criterion, rollback_action, labels: words } as const),
            phase_id: ids.phases[phase] ?? '',
            team_id: team === null ? null : (ids.teams[team] ?? null),
            site_id: site === null ? null : (ids.sites[site] ?? null),
          } as never),
      ),
      ...chapters.flatMap((chapter, i) => (chapter.isScheduled ? [scheduled(chapter, ids.chapters[i] ?? '')] : [])),
      // From earlier to later ones only, so that nothing waits for itself.
      ...links.flatMap(({ from, to, kind, lag }) => {
        const [predecessor_id, successor_id] = [ids.chapters[from], ids.chapters[to]];
        if (predecessor_id === undefined || successor_id === undefined || from >= to) return [];
        return [
          insertRow('dependencies', importedId(), { predecessor_id, successor_id, kind, lag_minutes: lag } as never),
        ];
      }),
      ...windows.map(({ name, start, minutes, forbids, site }) =>
        insertRow('no_start_windows', importedId(), {
          ...{ name, forbids, window_start: start, window_end: start + minutes },
          site_id: site === null ? null : (ids.sites[site] ?? null),
        } as never),
      ),
    ]);
  });

function scheduled(chapter: OddChapter, chapter_id: string) {
  const { start, minutes, fixed, deadline, status, actual, decision, kind, note } = chapter;
  const started = status === 'running' || status === 'done' ? { actual_start: actual } : {};
  const ended = status === 'done' ? { actual_end: actual + 5 } : {};
  const times = { planned_start: start, planned_end: start + minutes, fixed_start: fixed, must_finish_by: deadline };
  return insertRow('chapter_schedules', scheduleId(RUN, chapter_id), {
    ...{ chapter_id, iteration_id: RUN, status, note, ...times, ...started, ...ended },
    ...(kind === 'gate' ? { decision } : {}),
  } as never);
}
