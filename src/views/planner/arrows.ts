import { type Arrow, arrowsOf, type Measures } from './arrow-paths.ts';
import type { PlannerModel } from './model.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What the chapter under the cursor waits for and what waits for it, drawn behind the bars. Made anew only on a change. */
export function arrows() {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('class', 'mp-arrows');
  const kept = strokes(element, 'kept');
  const broken = strokes(element, 'broken');
  let drawn: readonly unknown[] = [];
  return {
    element,
    update(model: PlannerModel, rowId: string | null, measures: Measures): void {
      const inputs = [model, rowId, measures.scale, measures.row, measures.head];
      if (inputs.every((input, index) => input === drawn[index])) return;
      drawn = inputs;
      const found = rowId === null ? [] : arrowsOf(model, rowId, measures);
      kept(found.filter(({ isBroken }) => !isBroken));
      broken(found.filter(({ isBroken }) => isBroken));
    },
  };
}

/** However many arrows there are, they are two paths: lines, and filled tips. */
function strokes(element: SVGSVGElement, kind: string): (arrows: readonly Arrow[]) => void {
  const [lines, tips] = ['line', 'tip'].map((part) => {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('data-kind', kind);
    path.setAttribute('data-part', part);
    element.append(path);
    return path;
  });
  return (arrows) => {
    lines?.setAttribute('d', arrows.map(({ line }) => line).join(''));
    tips?.setAttribute('d', arrows.map(({ tip }) => tip).join(''));
  };
}
