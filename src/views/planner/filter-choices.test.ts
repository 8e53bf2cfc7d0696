import { expect, test } from 'vitest';
import type { Team } from '../../store/rows.ts';
import { sampleView } from '../../testing/sample-view.ts';
import { choicesLike, filterChoices } from './filter-choices.ts';

const rows = () => {
  const { rows: sample } = sampleView();
  const [known] = sample.teams.values();
  const team = (code: string, name: string): Team => ({ ...(known as Team), id: code, code, name });
  const many = Array.from({ length: 2_000 }, (_, i) => team(`X${i}`, `Extra team ${i}`));
  return { ...sample, teams: new Map([team('Load 1', 'First loaders'), ...many].map((each) => [each.id, each])) };
};
const tokens = (typed: string, search = '') =>
  choicesLike(filterChoices(rows(), search), typed).shown.map(({ token }) => token);

test('of many choices a few are shown, and the others counted', () => {
  const { shown, more } = choicesLike(filterChoices(rows(), ''), '');
  expect(shown[0]?.token).toBe('is:mine');
  expect(shown).toHaveLength(40);
  expect(more).toBeGreaterThan(1_960);
  expect(shown.length + more).toBe(filterChoices(rows(), '').length);
});

test('a choice is found by all words of its name, by its code, and by its token', () => {
  expect(tokens('team 1999')).toEqual(['team:X1999']);
  expect(tokens('loaders FIRST')).toEqual(['team:"Load 1"']);
  expect(tokens('x1234')).toEqual(['team:X1234']);
  expect(tokens('team:x77')).toContain('team:X77');
  expect(tokens('gate')).toEqual(['is:gate']);
  expect(tokens('planned')).toEqual(['status:planned']);
  expect(tokens('site:').every((token) => token.startsWith('site:'))).toBe(true);
  expect(tokens('nobody')).toEqual([]);
});

test('the word that all tokens of a kind begin with finds names only', () => {
  expect(tokens('team').every((token) => token === 'is:mine' || token.startsWith('team:X'))).toBe(true);
});

test('what the search holds already stands before the others, however many there are', () => {
  expect(tokens('', 'team:X1500 word').indexOf('team:X1500')).toBe(16);
});

test('labels in use are offered once each, and found by a part of them; a plan without any offers none', () => {
  const labelled = sampleView().rows;
  const chapters = [...labelled.chapters.values()].map((chapter, i) => ({
    ...chapter,
    labels: i === 0 ? 'data-migration go-live' : i === 1 ? 'go-live' : null,
  }));
  const withLabels = { ...labelled, chapters: new Map(chapters.map((chapter) => [chapter.id, chapter])) };
  const found = (typed: string) => choicesLike(filterChoices(withLabels, ''), typed).shown.map(({ token }) => token);
  expect(found('').filter((token) => token.startsWith('label:'))).toEqual(['label:data-migration', 'label:go-live']);
  expect(found('migration')).toEqual(['label:data-migration']);
  expect(tokens('label:')).toEqual([]);
});
