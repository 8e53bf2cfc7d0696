import { expect, test } from 'vitest';
import { scheduleId } from '../../store/rows.ts';
import { CHAPTERS, LIVE, sampleView } from '../../testing/sample-view.ts';
import { mergedWords } from './merged-words.ts';

const table = 'chapter_schedules' as const;
const unit = (name: string, by = 'planner-b', chapter = CHAPTERS.check) => ({
  table,
  id: scheduleId(LIVE, chapter),
  unit: name,
  by,
  rev: 7,
});

test('one edit is named with what it met', () => {
  const view = sampleView();
  const merged = [{ editId: 'e1', label: 'Move GA', merged: [unit('note'), unit('progress', 'planner-a')] }];
  expect(mergedWords({ ...view, merged })).toBe(
    `“Move GA” was combined with what planner-b and you in another edit changed meanwhile: note of ${
      view.rows.chapters.get(CHAPTERS.check)?.code
    } and progress of ${view.rows.chapters.get(CHAPTERS.check)?.code}.`,
  );
});

test('many are one sentence, each row and person once', () => {
  const view = sampleView();
  const merged = [...view.rows.chapters.values()].map(({ id }, i) => ({
    editId: `e${i}`,
    label: 'Move',
    merged: [unit('note', 'planner-b', id)],
  }));
  const words = mergedWords({ ...view, merged });
  expect(mergedWords({ ...view, merged: [...merged].reverse() })).toBe(words);
  expect(words).toMatch(new RegExp(`^${merged.length} of your edits were combined with what planner-b changed`));
  expect(mergedWords(view)).toBeNull();
});
