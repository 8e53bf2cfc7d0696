import { sentence } from '../../store/isolated.ts';
import { type Changes, insertRow, removeRow } from '../../store/ops.ts';
import { changeRow } from '../../store/row-edits.ts';
import type { Rows } from '../../store/rows.ts';
import { usesText } from '../../store/uses.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import { openListDialog } from '../list-dialog.ts';
import { zonesLike } from '../zones-like.ts';
import { keep, mayChange, namedFields, type PlanParts, UNNAMED } from './plan-parts.ts';

/** Teams: who works on chapters, and where mail to them goes. */
export function openTeams(root: Element, parts: PlanParts): void {
  openParts<'teams'>(root, parts, {
    table: 'teams',
    noun: 'team',
    title: 'Teams',
    detail: ({ email }) => email ?? 'no mail address',
    fields: (team) => [
      ...namedFields(team ?? UNNAMED),
      {
        name: 'email',
        label: 'Mail address',
        kind: 'line',
        value: team?.email ?? '',
        hint: 'May stay empty.',
      },
    ],
    read: ({ code = '', name = '', email = '' }) => ({ code, name, email: email === '' ? null : email }),
  });
}

/** Sites: where chapters happen, and which clock hangs there. */
export function openSites(root: Element, parts: PlanParts): void {
  openParts<'sites'>(root, parts, {
    table: 'sites',
    noun: 'site',
    title: 'Sites',
    detail: ({ time_zone }) => time_zone,
    fields: (site) => [
      ...namedFields(site ?? UNNAMED),
      {
        name: 'time_zone',
        label: 'Time zone',
        kind: 'line',
        value: site?.time_zone ?? '',
        hint: 'Such as Europe/Berlin.',
        suggest: zonesLike,
      },
    ],
    read: ({ code = '', name = '', time_zone = '' }) => ({ code, name, time_zone }),
  });
}

interface Parts<T extends 'teams' | 'sites'> {
  readonly table: T;
  readonly noun: string;
  readonly title: string;
  readonly detail: (row: Rows[T]) => string;
  /** Undefined: of a new one. */
  readonly fields: (row: Rows[T] | undefined) => readonly FormField[];
  readonly read: (values: FormValues) => Changes<T> & { readonly code: string };
}

function openParts<T extends 'teams' | 'sites'>(
  root: Element,
  parts: PlanParts,
  { table, noun, title, detail, fields, read }: Parts<T>,
): void {
  const { store, newId, drafts, send } = parts;
  const rows = () => [...store.view().rows[table].values()];

  function add(): void {
    const id = newId();
    openForm(root, {
      title: `Add a ${noun}`,
      draft: drafts.ofNew(noun),
      fields: fields(undefined),
      action: `Add ${noun}`,
      onAction(values) {
        const row = read(values);
        return keep(parts, { label: `Add ${noun} ${row.code}`, ops: [insertRow(table, id, row)] });
      },
    });
  }

  function change(row: Rows[T]): void {
    const what = `${noun === 'team' ? 'Team' : 'Site'} ${row.code}`;
    openForm(root, {
      title: what,
      draft: drafts.of(noun, row.id),
      fields: fields(row),
      action: `Save ${noun}`,
      onAction: (values) => keep(parts, changeRow(table, what, { row, wanted: read(values) })),
    });
  }

  openListDialog(root, {
    title,
    store,
    items: () =>
      rows()
        .sort((a, b) => (a.code < b.code ? -1 : 1))
        .map((row) => {
          const used = usesText(store.view(), table, row.id);
          const acts = [
            { name: 'change', label: 'Change', act: () => change(row) },
            {
              name: 'remove',
              label: 'Remove',
              whyNot: used === '' ? null : `${used}.`,
              act: () => send({ label: `Remove ${noun} ${row.code}`, ops: [removeRow(table, row)] }),
            },
          ];
          return {
            id: row.id,
            title: sentence`${row.code} ${row.name}`,
            detail: `${detail(row)} · ${used === '' ? 'not used' : used}`,
            acts: mayChange(parts) ? acts : [],
          };
        }),
    empty: `This plan has no ${noun} yet.`,
    add: mayChange(parts) ? { label: `Add a ${noun}`, act: add } : null,
  });
}
