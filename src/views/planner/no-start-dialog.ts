import { sentence } from '../../store/isolated.ts';
import { noStartWindowsIn } from '../../store/network/no-start.ts';
import { insertRow, removeRow } from '../../store/ops.ts';
import { zoneOf } from '../../store/plan-zone.ts';
import { changeRow, idOrNull, type Problem } from '../../store/row-edits.ts';
import type { Iteration, NoStartWindow } from '../../store/rows.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import { openListDialog } from '../list-dialog.ts';
import { FORBIDS, noStartText } from './no-start-words.ts';
import { keep, mayChange, type PlanParts } from './plan-parts.ts';
import { readWindow, windowFields } from './window-fields.ts';

type WindowRow = Omit<NoStartWindow, 'id' | 'rev'>;

/** When nothing of the plan may start, or end: everybody reads them, a lead adds, changes and removes them. */
export function openNoStartWindows(root: Element, iteration: Iteration | null, parts: PlanParts): void {
  const { store, newId, drafts, now, send } = parts;

  function add(): void {
    const id = newId();
    const start = iteration?.window_start ?? Math.ceil(now() / 60) * 60;
    const fresh: WindowRow = { name: '', window_start: start, window_end: start + 60, forbids: 'start', site_id: null };
    openForm(root, {
      title: 'Add a no-start window',
      draft: drafts.ofNew('no-start window'),
      intro:
        'Such as banking hours, or a freeze of changes. What is planned into it is told as a finding, and never stopped.',
      fields: fieldsOf(fresh),
      action: 'Add window',
      onAction(values) {
        const row = read(values, fresh);
        if ('message' in row) return row;
        return keep(parts, {
          label: sentence`Add no-start window ${row.name}`,
          ops: [insertRow('no_start_windows', id, row)],
        });
      },
    });
  }

  function change(window: NoStartWindow): void {
    const what = sentence`No-start window ${window.name}`;
    openForm(root, {
      title: what,
      draft: drafts.of('no-start window', window.id),
      fields: fieldsOf(window),
      action: 'Save window',
      onAction(values) {
        const wanted = read(values, window);
        if ('message' in wanted) return wanted;
        return keep(parts, changeRow('no_start_windows', what, { row: window, wanted }));
      },
    });
  }

  function fieldsOf({ name, forbids, site_id, ...times }: WindowRow): readonly FormField[] {
    const sites = [...store.view().rows.sites.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    return [
      { name: 'name', label: 'Name', kind: 'line', value: name, hint: 'Such as: Banking hours.' },
      { name: 'forbids', label: 'What it forbids', kind: 'choice', value: forbids, choices: Object.entries(FORBIDS) },
      ...windowFields(zoneOf(store.view()), times, ['Starts', 'Ends']),
      {
        name: 'site_id',
        label: 'Where',
        kind: 'choice',
        value: site_id ?? '',
        choices: [
          ['', 'At all sites'],
          ...sites.map(({ id, code, name: site }) => [id, sentence`${code} ${site}`] as const),
        ],
      },
    ];
  }

  function read(values: FormValues, before: WindowRow): WindowRow | Problem {
    const times = readWindow(values, before, {
      zone: zoneOf(store.view()),
      now: now(),
      origin: iteration?.window_start ?? null,
    });
    if ('message' in times) return times;
    return {
      name: values.name ?? '',
      forbids: values.forbids as NoStartWindow['forbids'],
      site_id: idOrNull(values.site_id ?? ''),
      ...times,
    };
  }

  openListDialog(root, {
    title: 'No-start windows',
    store,
    items: () => {
      const { rows } = store.view();
      return noStartWindowsIn(rows).map((window) => ({
        id: window.id,
        title: window.name,
        detail: noStartText(rows, zoneOf(store.view()), window),
        acts: mayChange(parts)
          ? [
              { name: 'change', label: 'Change', act: () => change(window) },
              {
                name: 'remove',
                label: 'Remove',
                act: () =>
                  send({
                    label: sentence`Remove no-start window ${window.name}`,
                    ops: [removeRow('no_start_windows', window)],
                  }),
              },
            ]
          : [],
      }));
    },
    empty: 'Whatever is planned may start at any time.',
    add: mayChange(parts) ? { label: 'Add a window', act: add } : null,
  });
}
