import { expect, test } from 'vitest';
import { CHAPTERS, PLANNED, sampleConflict, sampleView } from '../../testing/sample-view.ts';
import { draftsIn } from '../drafts.ts';
import { waitingText } from './notices.ts';
import { waitingDrafts } from './waiting-drafts.ts';

const view = sampleView();
const code = view.rows.chapters.get(CHAPTERS.load)?.code;
const iteration = view.rows.iterations.get(PLANNED)?.code;
const words = (...names: readonly string[]) => waitingDrafts(view, names).map((draft) => draft.words);

test('what waits is told by what it is of, and leads to where its form is', () => {
  const { rows } = view;
  const [schedule] = rows.chapter_schedules.values();
  const of = rows.chapters.get(schedule?.chapter_id ?? '')?.code;
  const within = rows.iterations.get(schedule?.iteration_id ?? '')?.code ?? null;
  expect(waitingDrafts(view, [`duration ${schedule?.id}`, `blocked ${schedule?.id}`])).toEqual([
    { name: `duration ${schedule?.id}`, words: `${of}, duration in ${within}`, tab: 'planner', iteration: within },
    { name: `blocked ${schedule?.id}`, words: `${of}, why it is blocked in ${within}`, tab: 'live', iteration: within },
  ]);
  expect(words(`times in ${PLANNED} ${CHAPTERS.load}`)).toEqual([`${code}, times in ${iteration}`]);
  expect(words(`times and 2 more ${schedule?.id}`, `labels and 2 more ${CHAPTERS.load}`)).toEqual([
    `${of} and 2 more, times in ${within}`,
    `${code} and 2 more, labels`,
  ]);
  expect(words(`chapter ${CHAPTERS.load}`, 'new chapter ', `new dependency ${CHAPTERS.load}`)).toEqual([
    `chapter ${code}`,
    'a new chapter',
    `a new dependency of ${code}`,
  ]);
  expect(words(`new clone ${PLANNED}`, `new mail ${PLANNED}`, 'new recipient ', 'quiet hours a@example.com')).toEqual([
    `a new clone of ${iteration}`,
    `a mail of ${iteration}`,
    'a recipient of mails',
    'quiet hours of a@example.com',
  ]);
});

test('of what is gone nothing is told, nor of answers about a file', () => {
  expect(
    words(`chapter ${PLANNED}`, `note ${CHAPTERS.load}`, 'new columns Code\tStart', `conflict ${PLANNED}`),
  ).toEqual([]);
  const conflict = sampleConflict();
  const settled = {
    ...view,
    rows: { ...view.rows, conflicts: new Map([[conflict.id, { ...conflict, state: 'resolved' as const }]]) },
  };
  expect(waitingDrafts(settled, [`conflict ${conflict.id}`])).toEqual([]);
});

test('of many three are named and the others counted', () => {
  const many = waitingDrafts(view, ['new chapter ', 'new phase ', 'new team ', 'new site ', 'new recipient ']);
  expect(waitingText(many.slice(0, 1))).toBe('1 draft waits: a new chapter.');
  expect(waitingText(many)).toBe('5 drafts wait: a new chapter; a new phase; a new team; 2 more.');
});

test('the newest stands first, and what was dropped waits no longer', () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: unknown) => void (value === null ? kept.delete(key) : kept.set(key, value)),
    keys: (start: string) => [...kept.keys()].filter((key) => key.startsWith(start)),
  };
  let now = 1;
  const drafts = draftsIn(memory, () => now++);
  drafts.of('chapter', CHAPTERS.load).keep({ title: { text: 'a', over: '' } });
  drafts.ofNew('team').keep({ name: { text: 'b', over: '' } });
  expect(drafts.waiting()).toEqual(['new team ', `chapter ${CHAPTERS.load}`]);
  drafts.dropWaiting('new team ');
  expect([drafts.isWaiting('new team '), drafts.isWaiting(`chapter ${CHAPTERS.load}`)]).toEqual([false, true]);
});
