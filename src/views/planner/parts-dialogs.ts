import { whyNotStructure } from '../../store/abilities.ts';
import { type Changes, insertRow, removeRow } from '../../store/ops.ts';
import { changeRow, type NamedOps, problemOf } from '../../store/row-edits.ts';
import type { Rows } from '../../store/rows.ts';
import { usesText } from '../../store/uses.ts';
import type { PlanStore } from '../../store/view.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import { openListDialog } from '../list-dialog.ts';

export interface PartsOptions {
  readonly store: PlanStore;
  readonly newId: () => string;
  readonly send: (act: NamedOps) => void;
}

/** Teams: who works on chapters, and where mail to them goes. */
export function openTeams(root: Element, options: PartsOptions): void {
  openParts<'teams'>(root, options, {
    table: 'teams',
    noun: 'team',
    title: 'Teams',
    detail: ({ email }) => email ?? 'no mail address',
    fields: (team) => [
      ...named(team),
      {
        name: 'email',
        label: 'Mail address',
        kind: 'line',
        value: team?.email ?? '',
        hint: 'May stay empty.',
      },
    ],
    read: ({ code = '', name = '', email = '' }) => ({
      code: code.trim(),
      name: name.trim(),
      email: email.trim() === '' ? null : email.trim(),
    }),
  });
}

/** Sites: where chapters happen, and which clock hangs there. */
export function openSites(root: Element, options: PartsOptions): void {
  openParts<'sites'>(root, options, {
    table: 'sites',
    noun: 'site',
    title: 'Sites',
    detail: ({ time_zone }) => time_zone,
    fields: (site) => [
      ...named(site),
      {
        name: 'time_zone',
        label: 'Time zone',
        kind: 'line',
        value: site?.time_zone ?? '',
        hint: 'Such as Europe/Berlin.',
        suggest: zonesLike,
      },
    ],
    read: ({ code = '', name = '', time_zone = '' }) => ({
      code: code.trim(),
      name: name.trim(),
      time_zone: time_zone.trim(),
    }),
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
  { store, newId, send }: PartsOptions,
  { table, noun, title, detail, fields, read }: Parts<T>,
): void {
  const rows = () => [...store.view().rows[table].values()];
  const mayChange = () => whyNotStructure(store.view()) === null;

  function keep(act: NamedOps | null) {
    const problem = act && problemOf(store.view(), act.ops);
    if (act !== null && problem === null) send(act);
    return problem;
  }

  function add(): void {
    const id = newId();
    openForm(root, {
      title: `Add a ${noun}`,
      fields: fields(undefined),
      action: `Add ${noun}`,
      onAction(values) {
        const row = read(values);
        return keep({ label: `Add ${noun} ${row.code}`, ops: [insertRow(table, id, row)] });
      },
    });
  }

  function change(row: Rows[T]): void {
    const what = `${noun === 'team' ? 'Team' : 'Site'} ${row.code}`;
    openForm(root, {
      title: what,
      fields: fields(row),
      action: `Save ${noun}`,
      onAction: (values) => keep(changeRow(table, what, { row, wanted: read(values) })),
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
            title: `${row.code} ${row.name}`,
            detail: `${detail(row)} · ${used === '' ? 'not used' : used}`,
            acts: mayChange() ? acts : [],
          };
        }),
    empty: `This plan has no ${noun} yet.`,
    add: mayChange() ? { label: `Add a ${noun}`, act: add } : null,
  });
}

function named(row: { readonly code: string; readonly name: string } | undefined): readonly FormField[] {
  return [
    { name: 'code', label: 'Code', kind: 'line', value: row?.code ?? '' },
    { name: 'name', label: 'Name', kind: 'line', value: row?.name ?? '' },
  ];
}

const ZONES_OFFERED = 12;

function zonesLike(text: string): readonly string[] {
  const words = text.trim().toLowerCase().replaceAll(' ', '_');
  return Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone.toLowerCase().includes(words))
    .slice(0, ZONES_OFFERED);
}
