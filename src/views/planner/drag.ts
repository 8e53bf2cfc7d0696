import type { CascadeMode } from '../../store/network/cascade.ts';
import { durationText, shiftText, spanText } from '../../store/times-text.ts';
import { el, frame, setText } from '../dom.ts';
import { openPopup, type Popup } from '../popup.ts';
import { type Act, moveStart, type Scheduled, setEdge, slip } from './acts.ts';
import { snapMinutes, snapTo } from './axis.ts';
import { edgeScroll } from './edge-scroll.ts';
import { type CascadeOf, cascadeWords, shifted, withCascade } from './knock-on.ts';
import './drag.css';

/** Pixels a pointer may tremble before a press becomes a movement. */
export const TREMBLE = 4;

export interface DragOptions {
  readonly root: HTMLElement;
  readonly room: { readonly columns: number };
  readonly zone: () => string;
  /** CSS pixels a minute. */
  readonly scale: () => number;
  /** Minutes since 1970; another one where somebody put a chapter before it. */
  readonly axisStart: () => number;
  /** The chapters that move with this bar, the pressed one first; empty where the reader may not. */
  readonly linesOf: (rowId: string) => readonly Scheduled[];
  readonly cascadeOf: CascadeOf;
  readonly onAct: (act: Act) => void;
}

const MODIFIERS: readonly string[] = ['Alt', 'Shift', 'Control', 'Meta'];

type Handle = 'move' | 'start' | 'end';

interface Drag {
  readonly pointer: number;
  readonly bar: HTMLElement;
  readonly lines: readonly Scheduled[];
  readonly first: Scheduled;
  readonly handle: Handle;
  readonly fromX: number;
  /** The instant where it was pressed. */
  readonly from: number;
  /** Where the axis begins on screen when nothing is scrolled. */
  readonly origin: number;
  bars: readonly HTMLElement[];
  x: number;
  scrolled: number;
  /** Where the axis began when it was scrolled so far. */
  axisStart: number;
  isFree: boolean;
  shift: number;
  mode: CascadeMode;
  tip: Popup | null;
}

/**
 * Bars follow the pointer: the middle moves them – all selected ones together – and an edge resizes one. Times snap to
 * steps that the zoom can show, Alt lets go of the snap, Escape puts everything back. Shift pushes what comes after, Ctrl
 * takes it along. At the edge of the screen the axis comes by itself. What a drag means is told all the while; nothing
 * changes before the pointer is released.
 */
export function dragBars({ root, room, zone, scale, axisStart, linesOf, cascadeOf, onAct }: DragOptions): () => void {
  let drag: Drag | null = null;
  const tipText = el('span');
  const edges = edgeScroll({ root, stays: () => ({ x: room.columns, y: 0 }), isLevel: true });

  function onDown(event: PointerEvent): void {
    const bar = (event.target as Element).closest<HTMLElement>('.mp-bar, .mp-gate');
    const rowId = bar?.closest<HTMLElement>('.mp-row')?.dataset.id;
    if (!bar || rowId === undefined || event.button !== 0 || drag !== null) return;
    const edge = edgeAt(bar, event.clientX);
    const moving = linesOf(rowId);
    const lines = edge === undefined ? moving : moving.slice(0, 1);
    const [first] = lines;
    if (first === undefined) return;
    event.preventDefault();
    const { clientX: x, clientY: y, pointerId: pointer } = event;
    const origin = root.getBoundingClientRect().left + room.columns;
    drag = {
      pointer,
      bar,
      lines,
      first,
      handle: edge ?? 'move',
      fromX: x,
      from: axisStart() + (root.scrollLeft + x - origin) / scale(),
      origin,
      bars: barsOf(root, lines),
      x,
      scrolled: root.scrollLeft,
      axisStart: axisStart(),
      isFree: false,
      shift: 0,
      mode: 'only',
      tip: null,
    };
    edges.press({ x, y });
    // A press that is not left to the browser gives no focus, and the keys that follow are meant for this bar.
    bar.closest<HTMLElement>('.mp-cell')?.focus({ preventScroll: true });
    bar.setPointerCapture(pointer);
  }

  function onMove(event: PointerEvent): void {
    if (drag === null || event.pointerId !== drag.pointer) return;
    // It was released where nobody heard of it: its row left the page meanwhile.
    if (event.buttons === 0) {
      finish();
      return;
    }
    const { clientX: x, clientY: y } = event;
    if (drag.tip === null && Math.abs(x - drag.fromX) < TREMBLE) return;
    drag.tip ??= openPopup(drag.bar, tipText, { class: 'mp-drag-tip', kind: 'manual' });
    Object.assign(drag, { x, isFree: event.altKey, mode: modeOf(event) });
    edges.hold({ x, y });
    show(drag);
  }

  function show(shown: Drag): void {
    const { x, from, origin, scrolled, isFree } = shown;
    const minutes = shown.axisStart + (scrolled + x - origin) / scale() - from;
    const step = isFree ? 1 : snapMinutes(scale());
    const held = heldBy(shown);
    const isStill = Math.abs(minutes) < step / 2;
    shown.shift = limited(shown, isStill ? 0 : snapTo(zone(), held + minutes, step) - held);
    for (const each of shown.bars) showShift(each, shown);
    setText(tipText, tipOf(shown, zone(), cascadeOf));
    // How wide it is, the style sheet knows: to ask here would lay out the page at every move.
    for (const name of ['left', '--left']) shown.tip?.element.style.setProperty(name, `${x + 12}px`);
  }

  /** The axis passed by below the pointer, and rows may have become others. */
  const followed = frame(() => {
    if (drag === null) return;
    drag.scrolled = root.scrollLeft;
    drag.axisStart = axisStart();
    if (drag.tip === null) return;
    const bars = barsOf(root, drag.lines);
    putBack(drag.bars.filter((bar) => !bars.includes(bar)));
    drag.bars = bars;
    show(drag);
  });

  function onUp(event: PointerEvent): void {
    if (drag === null || event.pointerId !== drag.pointer) return;
    const dropped = drag;
    finish();
    if (dropped.shift === 0) return;
    onAct(withCascade(actOf(dropped, zone()), cascadeOf(retimed(dropped), dropped.mode)));
  }

  function onKey(event: KeyboardEvent): void {
    if (drag === null) return;
    if (event.key === 'Alt') {
      // Else its release would put the focus into the browser's own menu.
      event.preventDefault();
      drag.isFree = event.type === 'keydown';
    }
    drag.mode = modeOf(event);
    if (drag.tip !== null) {
      show(drag);
      // A bar in the hand is moved by no key besides, zoomed away from below it or removed.
      if (event.type === 'keydown' && !MODIFIERS.includes(event.key)) {
        event.preventDefault();
        event.stopPropagation();
      }
    }
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish();
  }

  function finish(): void {
    putBack(drag?.bars ?? []);
    drag?.tip?.close();
    drag = null;
    edges.stop();
  }

  const onScroll = () => {
    if (drag !== null) followed.ask();
  };
  root.addEventListener('pointerdown', onDown);
  root.addEventListener('pointermove', onMove);
  root.addEventListener('pointerup', onUp);
  root.addEventListener('pointercancel', finish);
  root.addEventListener('scroll', onScroll, { passive: true });
  // On the window and first in line: Escape must put bars back wherever the focus is.
  addEventListener('keydown', onKey, true);
  addEventListener('keyup', onKey, true);
  return () => {
    finish();
    followed.cancel();
    removeEventListener('keydown', onKey, true);
    removeEventListener('keyup', onKey, true);
  };
}

/** Pixels of a bar that are its edge, and what part of a short one: as the style sheet shows them. */
const EDGE = 8;
const EDGE_PART = 0.25;

function edgeAt(bar: HTMLElement, x: number): 'start' | 'end' | undefined {
  if (bar.classList.contains('mp-gate')) return undefined;
  const { left, right, width } = bar.getBoundingClientRect();
  const reach = Math.min(EDGE, width * EDGE_PART);
  return x < left + reach ? 'start' : x >= right - reach ? 'end' : undefined;
}

/** The shapes of these chapters that are in the page. */
function barsOf(root: HTMLElement, lines: readonly Scheduled[]): readonly HTMLElement[] {
  const ids = new Set(lines.map(({ id }) => id));
  return [...root.querySelectorAll<HTMLElement>('.mp-body :is(.mp-bar, .mp-gate)')].filter((bar) =>
    ids.has(bar.closest<HTMLElement>('.mp-row')?.dataset.id ?? ''),
  );
}

function putBack(bars: readonly HTMLElement[]): void {
  for (const bar of bars) {
    bar.removeAttribute('data-dragged');
    bar.style.removeProperty('--drag-start');
    bar.style.removeProperty('--drag-length');
  }
}

/** The instant that the pointer holds. */
function heldBy({ first, handle }: Drag): number {
  return handle === 'end' ? first.schedule.planned_end : first.schedule.planned_start;
}

/** An edge stops one minute before the other. */
function limited({ first, handle }: Drag, shift: number): number {
  const longest = first.schedule.planned_end - first.schedule.planned_start - 1;
  if (handle === 'start') return Math.min(shift, longest);
  if (handle === 'end') return Math.max(shift, -longest);
  return shift;
}

function showShift(bar: HTMLElement, { handle, shift, first }: Drag): void {
  bar.setAttribute('data-dragged', handle);
  const isGate = bar.classList.contains('mp-gate');
  const movesStart = handle === 'move' || (isGate ? handle === 'end' : handle === 'start');
  bar.style.setProperty('--drag-start', String(movesStart ? shift : 0));
  const { planned_start, planned_end } = first.schedule;
  const longer = handle === 'start' ? -shift : handle === 'end' ? shift : 0;
  bar.style.setProperty('--drag-length', String(planned_end - planned_start + longer));
}

function modeOf({ shiftKey, ctrlKey, metaKey }: PointerEvent | KeyboardEvent): CascadeMode {
  return shiftKey ? 'push' : ctrlKey || metaKey ? 'keep' : 'only';
}

function retimed({ lines, handle, shift }: Drag) {
  return shifted(lines, handle === 'end' ? 0 : shift, handle === 'start' ? 0 : shift);
}

function actOf({ first, lines, handle, shift }: Drag, zone: string): Act {
  const { planned_start, planned_end } = first.schedule;
  if (handle === 'start') return setEdge(zone, first, 'start', planned_start + shift);
  if (handle === 'end') return setEdge(zone, first, 'end', planned_end + shift);
  return lines.length === 1 ? moveStart(zone, first, planned_start + shift) : slip(lines, shift);
}

function tipOf(drag: Drag, zone: string, cascadeOf: CascadeOf): string {
  const { first, lines, handle, shift, mode } = drag;
  const start = first.schedule.planned_start + (handle === 'end' ? 0 : shift);
  const end = first.schedule.planned_end + (handle === 'start' ? 0 : shift);
  const parts = [`${spanText(zone, start, end)} (${durationText(end - start)}) ${shiftText(shift)}`];
  if (lines.length > 1) parts.push(`${lines.length} chapters`);
  const known = cascadeOf(retimed(drag), mode);
  const words = cascadeWords(known);
  if (words !== '') parts.push(words);
  if (mode === 'only' && known.missed.length > 0) parts.push('Shift pushes, Ctrl takes along');
  return parts.join(' · ');
}
