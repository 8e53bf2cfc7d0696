/**
 * What settles a conflict: the `resolve` op, and the ops that make the choice true on the rows as they stand now
 * (docs/merge.md, "Resolution"). The result is one edit like any other: undoable, merged, refused with a reason.
 */
import type { InsertOp, Op, RemoveOp, ResolveOp, SetOp } from './edit.ts';
import { insertRow, removeRow, setInSteps, slipBy } from './ops.ts';
import type { Conflict, ConflictItem, Fields } from './rows.ts';
import { type TableName, unitOf } from './schema.ts';
import { stillMakesSense } from './still-makes-sense.ts';
import type { PlanView } from './view.ts';

export type Choice = ResolveOp['choice'];

/** What a person typed instead, by row id. */
export interface CustomFields {
  readonly [rowId: string]: Fields;
}

/**
 * - `theirs`: nothing of the edit is applied; what stands, stands.
 * - `mine`: the whole edit again, its conflicting rows based on what stands now.
 * - `custom`: `custom` on the rows that it names, in place of what is in dispute; conflicting rows that it does not name keep
 *   what stands there; all else of the edit applies.
 */
export function resolveConflict(
  view: PlanView,
  conflict: Conflict,
  choice: Choice,
  custom: CustomFields = {},
): readonly Op[] {
  const resolve: ResolveOp = {
    op: 'resolve',
    id: conflict.id,
    choice,
    ...(choice === 'custom' ? { set: custom } : {}),
  };
  if (choice === 'theirs') return [resolve];
  const disputed = itemsByRow(conflict);
  const kept = conflict.ops.flatMap((op): readonly Op[] => {
    const items = 'table' in op ? disputed.get(op.id) : undefined;
    if (items === undefined) return stillMakesSense(view, op) ? [op] : [];
    return choice === 'mine' ? onWhatStands(view, op, items) : besides(view, op, { items, custom });
  });
  if (choice === 'custom') return [resolve, ...kept, ...customOps(view, { conflict, disputed, custom })];
  return [resolve, ...cleared(view, conflict), ...kept];
}

/** "Mine on top of theirs": my shift, added to where each row stands now. Null where no shift of mine is in dispute. */
export function combineWithTheirs(view: PlanView, conflict: Conflict): readonly Op[] | null {
  const slips = [...itemsByRow(conflict)].flatMap(([id, items]) => {
    const row = view.rows.chapter_schedules.get(id);
    const by = shiftOf(items.find((item) => item.unit === 'planned'));
    return row === undefined || by === null ? [] : [slipBy(row, by)];
  });
  if (slips.length === 0) return null;
  const [resolve, ...others] = resolveConflict(view, conflict, 'custom');
  return resolve === undefined ? null : [resolve, ...others, ...slips];
}

function shiftOf(item: ConflictItem | undefined): number | null {
  const start = Number(item?.mine?.planned_start) - Number(item?.base?.planned_start);
  const end = Number(item?.mine?.planned_end) - Number(item?.base?.planned_end);
  return start === end && start !== 0 ? start : null;
}

function itemsByRow(conflict: Conflict): ReadonlyMap<string, readonly ConflictItem[]> {
  const byRow = new Map<string, ConflictItem[]>();
  for (const item of conflict.items) byRow.set(item.id, [...(byRow.get(item.id) ?? []), item]);
  return byRow;
}

/** Rows that none of my ops is about, but that stand in their way: one that I refer to comes back, users of one that I remove go. */
function cleared(view: PlanView, { cause, items, ops }: Conflict): readonly Op[] {
  return items.flatMap(({ table, id, mine }): readonly Op[] => {
    if (ops.some((op) => 'table' in op && op.id === id)) return [];
    const row = view.rows[table].get(id);
    if (cause === 'removed' && mine && !row) return [insertRow(table, id, mine)];
    return cause === 'children_changed' && row ? [removeRow(table, row)] : [];
  });
}

function onWhatStands(view: PlanView, op: Op, items: readonly ConflictItem[]): readonly Op[] {
  switch (op.op) {
    case 'insert':
      return rewrite(view, op, op.row, items);
    case 'set':
      return rewrite(view, op, op.set, items);
    case 'remove': {
      const row = view.rows[op.table].get(op.id);
      return row === undefined ? [] : [removeRow(op.table, row)];
    }
    case 'move':
    case 'resize':
    case 'slip': {
      // The last one: an edit that shifted a row twice means where it ended.
      const mine = items.findLast((item) => item.unit === 'planned' || item.unit === 'row')?.mine;
      return rewrite(view, op, plannedIn(mine ?? {}), items);
    }
    default:
      return [op];
  }
}

/** What an op on a row in dispute asks for besides; a new row is made with what was typed. */
function besides(
  view: PlanView,
  op: Op,
  { items, custom }: { readonly items: readonly ConflictItem[]; readonly custom: CustomFields },
): readonly Op[] {
  if (op.op !== 'set' && op.op !== 'insert') return [];
  const row = view.rows[op.table].get(op.id);
  const typed = custom[op.id];
  if (row === undefined)
    return op.op === 'insert' && typed ? [insertRow(op.table, op.id, { ...op.row, ...typed })] : [];
  const fields = Object.entries(op.op === 'set' ? op.set : op.row).filter(
    ([field]) => !items.some(({ unit }) => unit === 'row' || unit === unitOf(op.table, field)),
  );
  return fields.length === 0 ? [] : setInSteps(op.table, row, Object.fromEntries(fields));
}

function plannedIn({ planned_start, planned_end }: Fields): Fields {
  return planned_start === undefined || planned_end === undefined ? {} : { planned_start, planned_end };
}

/** My fields on the live row; where the row is gone, the row as it last was, with my fields. */
function rewrite(
  view: PlanView,
  { table, id }: { readonly table: TableName; readonly id: string },
  mine: Fields,
  items: readonly ConflictItem[],
): readonly (SetOp | InsertOp | RemoveOp)[] {
  const row = view.rows[table].get(id);
  if (row !== undefined) return Object.keys(mine).length === 0 ? [] : setInSteps(table, row, mine);
  const last = items.findLast((item) => item.unit === 'row')?.mine;
  return [insertRow(table, id, { ...last, ...mine })];
}

interface Custom {
  readonly conflict: Conflict;
  readonly disputed: ReadonlyMap<string, readonly ConflictItem[]>;
  readonly custom: CustomFields;
}

function customOps(view: PlanView, { conflict: { ops }, disputed, custom }: Custom): readonly Op[] {
  const isMade = (id: string) => ops.some((op) => op.op === 'insert' && op.id === id && !view.rows[op.table].has(id));
  return Object.entries(custom).flatMap(([id, fields]): readonly Op[] => {
    if (isMade(id)) return [];
    const items = disputed.get(id);
    const table = items?.[0]?.table;
    return table === undefined || items === undefined ? [] : rewrite(view, { table, id }, fields, items);
  });
}
