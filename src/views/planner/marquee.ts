import { el, frame, setAttribute, setVariable } from '../dom.ts';
import { TREMBLE } from './drag.ts';
import { edgeScroll } from './edge-scroll.ts';
import type { Span } from './lines.ts';
import type { PlannerRow } from './model.ts';
import './marquee.css';

/** A part of the plan: rows by their place (2.5: the middle of the third), instants in minutes. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly start: number;
  readonly end: number;
}

export interface MarqueeOptions {
  /** What scrolls. */
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  /** What lies behind the bars; the marquee is drawn there. */
  readonly underlay: HTMLElement;
  readonly room: { readonly row: number; readonly columns: number; readonly head: number };
  readonly axis: () => Span;
  /** CSS pixels a minute. */
  readonly scale: () => number;
  readonly rows: () => readonly PlannerRow[];
  readonly selected: () => ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onEnd: () => void;
}

interface Marquee {
  readonly pointer: number;
  readonly fromX: number;
  readonly fromY: number;
  readonly anchor: Point;
  /** What was selected before; Escape selects it again. */
  readonly before: readonly string[];
  readonly isAdding: boolean;
  to: { readonly x: number; readonly y: number } | null;
}

interface Point {
  readonly row: number;
  readonly instant: number;
}

/** The chapters whose planned time touches the area, in the order of `rows`. Pure. */
export function touched(rows: readonly PlannerRow[], { top, bottom, start, end }: Area): readonly string[] {
  return rows
    .slice(Math.max(0, Math.floor(top)), Math.max(0, Math.ceil(bottom)))
    .flatMap((row) =>
      row.kind === 'chapter' &&
      row.schedule !== null &&
      row.schedule.planned_end >= start &&
      row.schedule.planned_start <= end
        ? [row.id]
        : [],
    );
}

/**
 * A mouse pressed beside the bars and drawn over them selects those it touches, with Shift besides what is selected already;
 * at the edge of the screen what lies beyond comes by itself.
 * Escape selects again what was. By fingers the same movement scrolls. The keys for it: Space, Shift with arrows, Ctrl+A, H.
 */
export function marquee(options: MarqueeOptions): () => void {
  const { root, body, underlay, room, axis, scale, rows, selected, onSelect, onEnd } = options;
  const element = el('div', { class: 'mp-marquee' });
  let now: Marquee | null = null;
  const edges = edgeScroll({ root, stays: () => ({ x: room.columns, y: room.head }), isLevel: false });

  function pointAt(x: number, y: number): Point {
    const { left, top } = body.getBoundingClientRect();
    return { row: (y - top) / room.row, instant: axis().start + (x - left - room.columns) / scale() };
  }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === 'touch' || now !== null || !isFree(event)) return;
    const { pointerId, clientX, clientY, shiftKey } = event;
    now = {
      pointer: pointerId,
      fromX: clientX,
      fromY: clientY,
      anchor: pointAt(clientX, clientY),
      before: [...selected()],
      isAdding: shiftKey,
      to: null,
    };
    edges.press({ x: clientX, y: clientY });
  }

  /** Between the bars, or below the last row; not a scroll bar. */
  function isFree({ target, clientX, clientY }: PointerEvent): boolean {
    const { left, top } = root.getBoundingClientRect();
    if (clientX >= left + root.clientWidth || clientY >= top + root.clientHeight) return false;
    return (target as Element).matches('.mp-body .mp-lane, .mp-phase-bar, .mp-slack, .mp-scroll, .mp-canvas, .mp-grid');
  }

  function onMove(event: PointerEvent): void {
    if (now === null || event.pointerId !== now.pointer) return;
    // It was released outside before it was drawn.
    if (event.buttons === 0) {
      finish();
      return;
    }
    const { clientX: x, clientY: y } = event;
    if (now.to === null && Math.hypot(x - now.fromX, y - now.fromY) < TREMBLE) return;
    if (now.to === null) {
      root.setPointerCapture(event.pointerId);
      setAttribute(root, 'data-marking', true);
    }
    now.to = { x, y };
    edges.hold({ x, y });
    drawn.ask();
  }

  const drawn = frame(draw);

  function draw(): void {
    if (now?.to == null) return;
    const { anchor, isAdding, before } = now;
    const here = pointAt(now.to.x, now.to.y);
    const [top, bottom] = [anchor.row, here.row].sort((a, b) => a - b) as [number, number];
    const [start, end] = [anchor.instant, here.instant].sort((a, b) => a - b) as [number, number];
    if (element.parentNode === null) underlay.append(element);
    setVariable(element, '--start', start);
    setVariable(element, '--length', end - start);
    // Above the rows there is the head.
    element.style.insetBlockStart = `calc(3.25rem + ${top * room.row}px)`;
    element.style.blockSize = `${(bottom - top) * room.row}px`;
    const found = touched(rows(), { top, bottom, start, end });
    select(isAdding ? [...new Set([...before, ...found])] : found);
  }

  function select(ids: readonly string[]): void {
    const current = selected();
    if (ids.length !== current.size || ids.some((id) => !current.has(id))) onSelect(ids);
  }

  function onUp(event: PointerEvent): void {
    if (now === null || event.pointerId !== now.pointer) return;
    const isDrawn = now.to !== null;
    draw();
    finish();
    if (isDrawn) onEnd();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || now?.to == null) return;
    event.preventDefault();
    event.stopPropagation();
    select(now.before);
    finish();
  }

  function finish(): void {
    now = null;
    edges.stop();
    drawn.cancel();
    element.remove();
    setAttribute(root, 'data-marking', false);
  }

  root.addEventListener('pointerdown', onDown);
  root.addEventListener('pointermove', onMove);
  root.addEventListener('pointerup', onUp);
  root.addEventListener('pointercancel', finish);
  root.addEventListener('scroll', drawn.ask, { passive: true });
  addEventListener('keydown', onKey, true);
  return () => {
    finish();
    removeEventListener('keydown', onKey, true);
  };
}
