import type { Place } from '../deps.ts';
import { pixelsPerMinute, ZOOMS, zoomOf } from './axis.ts';
import type { grid } from './grid.ts';
import type { Span } from './lines.ts';

/** Longer iterations open at four hours a mark: squeezed into one screen their bars would say nothing. */
const FITTING_MINUTES = 3 * 24 * 60;

export interface ZoomingOptions {
  readonly table: ReturnType<typeof grid>;
  readonly place: Place;
  readonly axis: () => Span;
  /** Shows everything at the new scale. */
  readonly redraw: () => void;
}

/** How close the reader is to the axis, and which part of it is seen. */
export function zooming({ table, place, axis, redraw }: ZoomingOptions) {
  const { element, room } = table;
  let chosen = place.get('zoom');

  function zoom(): string {
    const isKnown = chosen !== null && (chosen in ZOOMS || Number(chosen) > 0);
    return isKnown ? (chosen as string) : axis().length > FITTING_MINUTES ? '4h' : 'fit';
  }

  function scale(): number {
    return pixelsPerMinute(zoom(), axis().length, room.width);
  }

  function instantAt(pixels: number): number {
    return axis().start + (element.scrollLeft + pixels) / scale();
  }

  /** The instant at `pixels` from the axis' edge on screen stays there. */
  function set(next: string, pixels = room.width / 2, instant = instantAt(pixels)): void {
    chosen = next;
    redraw();
    element.scrollLeft = (instant - axis().start) * scale() - pixels;
  }

  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels = event.clientX - element.getBoundingClientRect().left - room.columns;
    set(zoomOf(scale() * Math.exp(-event.deltaY / 400)), Math.max(0, pixels));
  }
  element.addEventListener('wheel', onWheel, { passive: false });

  return {
    zoom,
    scale,
    set,
    by: (factor: number) => set(zoomOf(scale() * factor)),
    /** Shows a span with a little room at both ends. */
    toSpan({ start, length }: Span): void {
      const minutes = Math.max(60, length) * 1.1;
      set(zoomOf(room.width / minutes), room.width / 2, start + length / 2);
    },
    scrollBy(minutes: number): void {
      element.scrollLeft += minutes * scale();
    },
    /** Brings an instant to the first third of the axis. */
    show(instant: number): void {
      element.scrollLeft = (instant - axis().start) * scale() - room.width / 3;
    },
    /** Writes the zoom into the address: not at every turn of the wheel, which browsers would refuse. */
    keep(): void {
      if (chosen !== place.get('zoom')) place.set('zoom', chosen);
    },
  };
}
