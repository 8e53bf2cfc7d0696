/**
 * The few tools that views need instead of a framework. Text enters the page as text nodes and attributes only, so
 * nothing that a person typed can become markup.
 */
import type { Unmount } from './deps.ts';

type Attributes = { readonly [name: string]: string | number | boolean | null | undefined };
type Child = Node | string;

/** `el('button', { class: 'mp-button', 'data-do': 'retry' }, 'Retry now')`. False, null and undefined set nothing. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}

/** True sets an empty attribute; false, null and undefined remove it. Writes only what changes. */
export function setAttribute(element: Element, name: string, value: Attributes[string]): void {
  if (value === false || value === null || value === undefined) {
    element.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides; setting `hidden` to what it is already would make the browser lay out again. */
export function setShown(element: HTMLElement, isShown: boolean): void {
  if (element.hidden === isShown) element.hidden = !isShown;
}

/** Sets a custom property that CSS computes with; a bare number stays one. */
export function setVariable(element: HTMLElement, name: `--${string}`, value: string | number): void {
  const text = String(value);
  if (element.style.getPropertyValue(name) !== text) element.style.setProperty(name, text);
}

/** Does `work` once before the next paint, however often it was asked for. */
export function frame(work: () => void): { readonly ask: () => void; readonly cancel: () => void } {
  let handle: number | null = null;
  return {
    ask() {
      handle ??= requestAnimationFrame(() => {
        handle = null;
        work();
      });
    },
    cancel() {
      if (handle !== null) cancelAnimationFrame(handle);
      handle = null;
    },
  };
}

/** Calls back every second while the page is seen, and at once when it is seen again. */
export function everySecond(work: () => void): Unmount {
  const handle = setInterval(() => {
    if (!document.hidden) work();
  }, 1000);
  const onVisible = () => {
    if (!document.hidden) work();
  };
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    clearInterval(handle);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

/**
 * The element whose `data-do` names what a click asks for, if the click met one inside `root`. By the way that the event
 * took: a popup that closes by the same click is out of the page by now.
 */
export function asked(event: Event, root: Element): HTMLElement | null {
  const found = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
  const path = event.composedPath();
  return found !== null && path.indexOf(found) < path.indexOf(root) ? found : null;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A 16 × 16 drawing from path data; hidden from screen readers, because words stand beside it. */
export function drawing(className: string, ...paths: readonly string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  for (const data of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', data);
    svg.append(path);
  }
  return svg;
}

/** Calls back once after so many milliseconds, unless it is called off before: returns how. */
export function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Calls back once when what the page shows now was painted; at once where nobody looks. Returns how to call it off. */
export function afterPaint(run: () => void): () => void {
  if (document.hidden) return later(0, run);
  let callOff = () => painted.cancel();
  const painted = frame(() => {
    callOff = later(0, run);
  });
  painted.ask();
  return () => callOff();
}
