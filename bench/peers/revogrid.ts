/** RevoGrid (MIT): virtual rows and columns by default, read-only as the others. No bars. */
import { defineCustomElement } from '@revolist/revogrid/standalone/revo-grid.js';
import { COLUMNS, textsOf, WIDTHS } from '../grids/page/grid-rows.ts';
import { takeStage } from '../grids/page/stage.ts';

let rows: readonly object[] = [];

takeStage({
  prepare(given) {
    rows = given.map(textsOf);
  },
  show(root) {
    defineCustomElement();
    const grid = document.createElement('revo-grid');
    grid.style.height = '100%';
    const columns = COLUMNS.map((column) => ({ prop: column, name: column, size: WIDTHS[column] }));
    Object.assign(grid, { columns, source: rows, readonly: true, rowSize: 34, hideAttribution: true });
    root.append(grid);
  },
  scroller: (root) => root.querySelector('revogr-viewport-scroll.rgCol .vertical-inner'),
});
