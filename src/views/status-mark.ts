import { type ShownStatus, STATUS_WORDS } from '../store/progress.ts';
import { drawing, el, setAttribute, setText } from './dom.ts';

const RING = 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12';
const OCTAGON = 'M5.5 2h5l3.5 3.500v5l-3.5 3.500h-5l-3.5-3.500v-5z';

/** One shape per status, so that no status is told by colour alone. */
const SHAPES: { readonly [S in ShownStatus]: readonly string[] } = {
  pending: [RING],
  ready: [RING, 'M8 6.200a1.8 1.8 0 1 1 0 3.600a1.8 1.8 0 0 1 0-3.6'],
  running: [RING, 'M8 2a6 6 0 0 1 0 12z'],
  done: [RING, 'M5.2 8.200l2 2l3.8-4.2'],
  late: [RING, 'M8 4.800v3.500l2.3 1.5'],
  blocked: [OCTAGON, 'M5.6 8h4.8'],
  skipped: [RING, 'M4 12L12 4'],
};

export function statusShape(status: ShownStatus): SVGSVGElement {
  const { element, update } = changingShape();
  update(status);
  return element;
}

/** What every shape is a copy of. */
let blank: SVGSVGElement | undefined;

export interface ChangingShape {
  readonly element: SVGSVGElement;
  /** May be called at any time and writes only what changed; null draws nothing. */
  readonly update: (status: ShownStatus | null) => void;
}

export function changingShape(): ChangingShape {
  blank ??= drawing('mp-shape', '');
  const element = blank.cloneNode(true) as SVGSVGElement;
  const first = element.firstElementChild as Element;
  const second = first.cloneNode() as Element;
  let shown: ShownStatus | null = null;
  return {
    element,
    update(status) {
      if (status === shown) return;
      shown = status;
      setAttribute(element, 'data-status', status);
      const [outer = '', inner] = status === null ? [] : SHAPES[status];
      setAttribute(first, 'd', outer);
      if (inner === undefined) second.remove();
      else {
        setAttribute(second, 'd', inner);
        element.append(second);
      }
    },
  };
}

/** Shape and word of a status. `update` may be called at any time and writes only what changed. */
export function statusMark(): { readonly element: HTMLElement; readonly update: (status: ShownStatus) => void } {
  const shape = changingShape();
  const word = el('span');
  const element = el('span', { class: 'mp-status' }, shape.element, word);
  return {
    element,
    update(status) {
      shape.update(status);
      setAttribute(element, 'data-status', status);
      setText(word, STATUS_WORDS[status]);
    },
  };
}
