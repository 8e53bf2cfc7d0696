/** The dependencies of one chapter as lines between bars, in CSS pixels from the axis' start and the grid's top. Pure. */
import type { ChapterSchedule, Dependency } from '../../store/rows.ts';
import type { PlannerModel } from './model.ts';

/** CSS pixels: of a minute, of a row, and of the head above the first one. */
export interface Measures {
  readonly scale: number;
  readonly row: number;
  readonly head: number;
}

export interface Arrow {
  readonly line: string;
  readonly tip: string;
  /** As planned, the one that waits does not wait long enough. */
  readonly isBroken: boolean;
}

const ROOM = 8;

/** Of a row that is no chapter, and of what the table does not show, there are none. */
export function arrowsOf(model: PlannerModel, rowId: string, measures: Measures): readonly Arrow[] {
  const { rows, axis } = model;
  const { scale, row, head } = measures;
  const links = model.links(rowId);
  const places = placesOf(
    rows,
    new Set(links.flatMap(({ predecessor_id, successor_id }) => [predecessor_id, successor_id])),
  );
  return links.flatMap((link): readonly Arrow[] => {
    const [from, to] = [places.get(link.predecessor_id), places.get(link.successor_id)];
    if (from?.each.kind !== 'chapter' || to?.each.kind !== 'chapter') return [];
    const [before, after] = [from.each.schedule, to.each.schedule];
    if (before === null || after === null) return [];
    const { leaves, meets, isBroken } = endsOf(link, before, after);
    const x = (instant: number) => Math.round((instant - axis.start) * scale);
    const y = (index: number) => Math.round(head + (index + 0.5) * row);
    const [x1, y1, x2, y2] = [x(leaves), y(from.index), x(meets), y(to.index)];
    // Out of the edge it leaves, along the border of the row it goes to, and in at the edge it meets.
    const out = link.kind === 'SS' ? -ROOM : ROOM;
    const into = link.kind === 'FF' ? ROOM : -ROOM;
    const between = y2 - (Math.sign(y2 - y1) * row) / 2;
    return [
      {
        line: `M${x1} ${y1}h${out}V${between}H${x2 + into}V${y2}H${x2}`,
        tip: `M${x2} ${y2}l${Math.sign(into) * 6} -4v8z`,
        isBroken,
      },
    ];
  });
}

/** Of these ids alone: the cursor moves through tables of many thousands. */
function placesOf(rows: PlannerModel['rows'], ids: ReadonlySet<string>) {
  const places = new Map<string, { readonly each: PlannerModel['rows'][number]; readonly index: number }>();
  for (const [index, each] of rows.entries()) {
    if (places.size === ids.size) break;
    if (ids.has(each.id)) places.set(each.id, { each, index });
  }
  return places;
}

function endsOf({ kind, lag_minutes }: Dependency, before: ChapterSchedule, after: ChapterSchedule) {
  const leaves = kind === 'SS' ? before.planned_start : before.planned_end;
  const meets = kind === 'FF' ? after.planned_end : after.planned_start;
  return { leaves, meets, isBroken: leaves + lag_minutes > meets };
}
