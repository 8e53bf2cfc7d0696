import type { CascadeMode } from '../../store/network/cascade.ts';
import { durationText, shiftText, spanText } from '../../store/times-text.ts';
import { el, setText } from '../dom.ts';
import { openPopup, type Popup } from '../popup.ts';
import { type Act, moveStart, type Scheduled, setEdge, slip } from './acts.ts';
import { snapMinutes } from './axis.ts';
import { type CascadeOf, cascadeWords, shifted, withCascade } from './knock-on.ts';
import './drag.css';

/** Pixels a pointer may tremble before a press becomes a movement. */
export const TREMBLE = 4;

export interface DragOptions {
  readonly root: HTMLElement;
  readonly zone: () => string;
  /** CSS pixels a minute. */
  readonly scale: () => number;
  /** The chapters that move with this bar, the pressed one first; empty where the reader may not. */
  readonly linesOf: (rowId: string) => readonly Scheduled[];
  readonly cascadeOf: CascadeOf;
  readonly onAct: (act: Act) => void;
}

type Handle = 'move' | 'start' | 'end';

interface Drag {
  readonly pointer: number;
  readonly bars: readonly HTMLElement[];
  readonly lines: readonly Scheduled[];
  readonly first: Scheduled;
  readonly handle: Handle;
  readonly fromX: number;
  shift: number;
  mode: CascadeMode;
  tip: Popup | null;
}

/**
 * Bars follow the pointer: the middle moves them – all selected ones together – and an edge resizes one. Times snap to
 * steps that the zoom can show, Alt lets go of the snap, Escape puts everything back. Shift pushes what comes after, Ctrl
 * takes it along. What that means is told all the while; nothing changes before the pointer is released.
 */
export function dragBars({ root, zone, scale, linesOf, cascadeOf, onAct }: DragOptions): () => void {
  let drag: Drag | null = null;
  const tipText = el('span');

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
    const bars = lines.flatMap(({ id }) => barsOf(root, id));
    drag = {
      pointer: event.pointerId,
      bars,
      lines,
      first,
      handle: edge ?? 'move',
      fromX: event.clientX,
      shift: 0,
      mode: 'only',
      tip: null,
    };
    bar.setPointerCapture(event.pointerId);
  }

  function onMove(event: PointerEvent): void {
    if (drag === null || event.pointerId !== drag.pointer) return;
    const pixels = event.clientX - drag.fromX;
    if (drag.tip === null && Math.abs(pixels) < TREMBLE) return;
    drag.shift = limited(drag, snapped(drag, pixels / scale(), event.altKey ? 1 : snapMinutes(scale())));
    const [bar] = drag.bars;
    drag.tip ??= bar === undefined ? null : openPopup(bar, tipText, { class: 'mp-drag-tip', kind: 'manual' });
    for (const each of drag.bars) showShift(each, drag);
    drag.mode = modeOf(event);
    setText(tipText, tipOf(drag, zone(), cascadeOf));
    // How wide it is, the style sheet knows: to ask here would lay out the page at every move.
    for (const name of ['left', '--left']) drag.tip?.element.style.setProperty(name, `${event.clientX + 12}px`);
  }

  function onUp(event: PointerEvent): void {
    if (drag === null || event.pointerId !== drag.pointer) return;
    const dropped = drag;
    finish();
    if (dropped.shift === 0) return;
    onAct(withCascade(actOf(dropped, zone()), cascadeOf(retimed(dropped), dropped.mode)));
  }

  function onKey(event: KeyboardEvent): void {
    if (drag === null) return;
    if (drag.mode !== modeOf(event)) {
      drag.mode = modeOf(event);
      setText(tipText, tipOf(drag, zone(), cascadeOf));
    }
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish();
  }

  function finish(): void {
    for (const bar of drag?.bars ?? []) {
      bar.removeAttribute('data-dragged');
      bar.style.removeProperty('--drag-start');
      bar.style.removeProperty('--drag-length');
    }
    drag?.tip?.close();
    drag = null;
  }

  root.addEventListener('pointerdown', onDown);
  root.addEventListener('pointermove', onMove);
  root.addEventListener('pointerup', onUp);
  root.addEventListener('pointercancel', finish);
  // On the window and first in line: Escape must put bars back wherever the focus is.
  addEventListener('keydown', onKey, true);
  addEventListener('keyup', onKey, true);
  return () => {
    finish();
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

function barsOf(root: HTMLElement, id: string): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(`.mp-row[data-id="${CSS.escape(id)}"] :is(.mp-bar, .mp-gate)`)];
}

/** Snaps the time that the pointer holds to whole steps, not the distance: 22:13 dragged right stops at 22:15. */
function snapped({ first, handle }: Drag, minutes: number, step: number): number {
  const from = handle === 'end' ? first.schedule.planned_end : first.schedule.planned_start;
  const to = Math.round((from + minutes) / step) * step;
  return Math.abs(minutes) < step / 2 ? 0 : to - from;
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
