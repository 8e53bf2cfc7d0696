import { chapterMeant, chapterName, chaptersLike } from '../../store/chapter-search.ts';
import { dependenciesOf } from '../../store/dependencies-of.ts';
import {
  addDependency,
  arrow,
  changeDependency,
  kindText,
  readLag,
  removeDependency,
  type Wait,
  waitProblem,
} from '../../store/dependency-edits.ts';
import { sentence } from '../../store/isolated.ts';
import type { Problem } from '../../store/row-edits.ts';
import type { Chapter, Dependency } from '../../store/rows.ts';
import { shiftText } from '../../store/times-text.ts';
import { el, setText } from '../dom.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import { type ListItem, openListDialog } from '../list-dialog.ts';
import { keep, mayChange, type PlanParts } from './plan-parts.ts';

const KINDS: { readonly [K in Dependency['kind']]: string } = {
  FS: 'FS: begins after it has ended',
  SS: 'SS: begins after it has begun',
  FF: 'FF: ends after it has ended',
};

const OFFERED_MAX = 12;

/** What a chapter waits for and what waits for it. Everybody reads it; a lead changes it. */
export function openDependencies(root: Element, chapter: Chapter, parts: PlanParts): void {
  const { store, newId, drafts, send } = parts;
  const rows = () => store.view().rows;
  const name = (id: string) => {
    const other = rows().chapters.get(id);
    return other === undefined ? '?' : sentence`${other.code} ${other.title}`;
  };

  function item(row: Dependency, isBefore: boolean): ListItem {
    const other = name(isBefore ? row.predecessor_id : row.successor_id);
    const acts = [
      { name: 'change', label: 'Change', act: () => change(row) },
      { name: 'remove', label: 'Remove', act: () => send(removeDependency(rows(), row)) },
    ];
    return {
      id: row.id,
      title: isBefore ? `After ${other}` : `Before ${other}`,
      detail: kindText(row),
      acts: mayChange(parts) ? acts : [],
    };
  }

  function add(): void {
    const id = newId();
    const told = el('p', { class: 'mp-error', role: 'status' });
    openForm(root, {
      title: `Add a dependency of ${chapter.code}`,
      draft: drafts.ofNew('dependency', chapter.id),
      fields: [
        {
          name: 'side',
          label: 'Which way',
          kind: 'choice',
          value: 'before',
          choices: [
            ['before', `${chapter.code} waits for`],
            ['after', `${chapter.code} is waited for by`],
          ],
        },
        {
          name: 'other',
          label: 'Chapter',
          kind: 'line',
          value: '',
          hint: 'Its code, or a part of its title.',
          suggest: (text) => chaptersLike(rows(), text, OFFERED_MAX).map(chapterName),
        },
        ...kindFields({ kind: 'FS', lag_minutes: 0 }),
      ],
      action: 'Add dependency',
      more: told,
      onChange(values) {
        const wait = waitOf(values);
        // Half a word is no mistake yet; a circle is one at once.
        setText(told, 'message' in wait ? '' : (waitProblem(rows(), wait)?.message ?? ''));
      },
      onAction(values) {
        setText(told, '');
        const wait = waitOf(values);
        if ('message' in wait) return wait;
        return waitProblem(rows(), wait) ?? keep(parts, addDependency(rows(), id, wait));
      },
    });
  }

  function waitOf(values: FormValues): Wait | Problem {
    const other = chapterMeant(rows(), values.other ?? '');
    if (other === null) return { field: 'other', message: 'Write the code of one chapter, or choose from the list.' };
    const rest = kindOf(values);
    if ('message' in rest) return rest;
    const [predecessor_id, successor_id] = values.side === 'before' ? [other.id, chapter.id] : [chapter.id, other.id];
    return { predecessor_id, successor_id, ...rest };
  }

  function change(row: Dependency): void {
    openForm(root, {
      title: arrow(rows(), row),
      draft: drafts.of('dependency', row.id),
      fields: kindFields(row),
      action: 'Save dependency',
      onAction(values) {
        const wanted = kindOf(values);
        if ('message' in wanted) return wanted;
        return keep(parts, changeDependency(rows(), row, wanted));
      },
    });
  }

  openListDialog(root, {
    title: `Dependencies of ${chapter.code}`,
    intro: sentence`${chapter.title}. It waits for what it comes after.`,
    store,
    items: () => {
      const { before, after } = dependenciesOf(rows(), chapter.id);
      return [...before.map((row) => item(row, true)), ...after.map((row) => item(row, false))];
    },
    empty: 'It waits for nothing, and nothing waits for it.',
    add: mayChange(parts) ? { label: 'Add a dependency', act: add } : null,
  });
}

function kindFields({ kind, lag_minutes }: Pick<Wait, 'kind' | 'lag_minutes'>): readonly FormField[] {
  return [
    { name: 'kind', label: 'Kind', kind: 'choice', value: kind, choices: Object.entries(KINDS) },
    {
      name: 'lag_minutes',
      label: 'Lag',
      kind: 'line',
      value: lag_minutes === 0 ? '0' : shiftText(lag_minutes),
      hint: '0, +30m, -1h30',
    },
  ];
}

function kindOf({ kind, lag_minutes = '' }: FormValues): Pick<Wait, 'kind' | 'lag_minutes'> | Problem {
  const lag = readLag(lag_minutes);
  if (lag === null) return { field: 'lag_minutes', message: 'Write how long after: 0, +30m, -1h30.' };
  return { kind: kind as Dependency['kind'], lag_minutes: lag };
}
