import { mountRow, type RowNode, type ShownRow } from './row.ts';

interface Held extends RowNode {
  readonly kind: ShownRow['row']['kind'];
  readonly rowId: string;
}

/**
 * Keeps the children of `body` equal to the rows on screen, in their order. What scrolls out becomes what scrolls in:
 * making new elements would cost the browser more than everything else in a scroll. The element of `keptId`, where the
 * reader is, is never made another row, so that nothing half typed in one can end up in the other.
 */
export function recycled(body: HTMLElement): (rows: readonly ShownRow[], keptId: string | null) => void {
  const held = new Map<string, Held>();
  return (rows, keptId) => {
    const wanted = new Set(rows.map(keyOf));
    const free: Held[] = [];
    for (const [key, node] of held) {
      if (wanted.has(key)) continue;
      held.delete(key);
      const isUsed = node.rowId === keptId || node.element.contains(document.activeElement);
      if (isUsed) node.element.remove();
      else free.push(node);
    }
    const moving = new Set(free.map(({ element }) => element as Element));
    let cursor = body.firstElementChild;
    for (const shown of rows) {
      const { kind, id: rowId } = shown.row;
      const node = held.get(keyOf(shown)) ?? taken(free, kind) ?? mountRow(kind);
      const { element } = node;
      held.set(keyOf(shown), { ...node, kind, rowId });
      node.update(shown);
      // What is free goes where it is wanted next, or away: nobody else makes room for it.
      while (cursor !== null && cursor !== element && moving.has(cursor)) cursor = cursor.nextElementSibling;
      if (cursor === element) cursor = cursor.nextElementSibling;
      else if (element.parentNode === body && 'moveBefore' in body) body.moveBefore(element, cursor);
      else body.insertBefore(element, cursor);
      moving.delete(element);
    }
    for (const { element } of free) element.remove();
  };
}

/** Another iteration is other rows. */
function keyOf({ row }: ShownRow): string {
  return row.kind === 'phase' ? row.id : row.scheduleId;
}

function taken(free: Held[], kind: Held['kind']): Held | undefined {
  const at = free.findIndex((node) => node.kind === kind);
  return at < 0 ? undefined : free.splice(at, 1)[0];
}
