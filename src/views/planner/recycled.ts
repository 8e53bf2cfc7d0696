import { place } from '../keyed.ts';
import { hasPopup } from '../open-popups.ts';
import { mountRow, type RowNode, type ShownRow } from './row.ts';

/** Rows kept for when one of their kind is wanted. */
const SPARE_MAX = 8;

interface Held extends RowNode {
  readonly key: string;
  readonly kind: ShownRow['row']['kind'];
  readonly rowId: string;
}

export interface Wanted {
  readonly rows: readonly ShownRow[];
  /** Where the reader is. */
  readonly keptId: string | null;
  /** False in the frames of a scroll: to put an element elsewhere among its siblings makes the browser style all of it anew. */
  readonly isOrdered: boolean;
}

/**
 * Keeps the children of `body` equal to the rows on screen, in their order at the latest when the scroll rests. What
 * scrolls out becomes what scrolls in: making new elements would cost the browser more than everything else in a scroll.
 * The element of `keptId`, where the reader is, is never made another row, nor one beside which a popup stands, so that
 * nothing half typed in one can end up in the other.
 */
export function recycled(body: HTMLElement) {
  const held = new Map<string, Held>();
  const spare: Held[] = [];
  /** Whose place among their siblings is not theirs yet. */
  const astray = new Set<Element>();

  function show({ rows, keptId, isOrdered }: Wanted): void {
    const wanted = new Set(rows.map(keyOf));
    const free: Held[] = [];
    for (const [key, node] of held) {
      if (wanted.has(key)) continue;
      held.delete(key);
      const { element } = node;
      const isUsed = node.rowId === keptId || element.contains(document.activeElement) || hasPopup(element);
      if (isUsed) element.remove();
      else free.push(node);
    }
    for (const shown of rows) {
      const key = keyOf(shown);
      const { kind, id: rowId } = shown.row;
      const known = held.get(key);
      const node = known ?? taken(free, kind) ?? taken(spare, kind) ?? mountRow(kind);
      if (known === undefined) {
        held.set(key, { ...node, key, kind, rowId });
        astray.add(node.element);
      }
      node.update(shown);
      if (node.element.parentNode !== body) body.append(node.element);
    }
    for (const node of free) {
      // Still the row that it was, only out of sight: the next frame may want one of its kind.
      if (!isOrdered) held.set(node.key, node);
      else {
        node.element.remove();
        if (spare.length < SPARE_MAX) spare.push(node);
      }
    }
    if (isOrdered) order(rows);
  }

  function order(rows: readonly ShownRow[]): void {
    let cursor = body.firstElementChild;
    for (const shown of rows) {
      const element = held.get(keyOf(shown))?.element as HTMLElement;
      // Who is astray goes where it belongs on its own turn: nobody else makes room for it.
      while (cursor !== null && cursor !== element && astray.has(cursor)) cursor = cursor.nextElementSibling;
      if (cursor === element) cursor = cursor.nextElementSibling;
      else place(body, element, cursor);
      astray.delete(element);
    }
    astray.clear();
  }

  return {
    show,
    /** The row's node, of its element. */
    of: (element: Element | null): RowNode | undefined => [...held.values()].find((node) => node.element === element),
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
