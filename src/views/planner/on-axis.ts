import type { Span } from './lines.ts';

/** The axis as it is drawn: the instant that it begins at, and CSS pixels a minute. */
export interface DrawnAxis {
  readonly start: number;
  readonly scale: number;
}

/**
 * Puts a shape where its span is on the axis. In pixels, and physical ones: a browser changes these alone in a style that
 * it has. After a custom property, a calculation or a logical one it works out all that the sheets say of the element
 * again, at each row that scrolls in. Time runs from left to right in every language.
 */
export function putOnAxis(element: HTMLElement, span: Span, axis: DrawnAxis): void {
  putAt(element, span.start, axis);
  put(element, 'width', span.length * axis.scale);
}

/** Puts a shape that has a size of its own at an instant. */
export function putAt(element: HTMLElement, instant: number, { start, scale }: DrawnAxis): void {
  put(element, 'left', (instant - start) * scale);
}

/** In the steps that a browser lays out in, so that what it was told last reads as it was told. */
function put(element: HTMLElement, property: 'left' | 'width', pixels: number): void {
  const text = `${Math.round(pixels * 64) / 64}px`;
  if (element.style[property] !== text) element.style[property] = text;
}
