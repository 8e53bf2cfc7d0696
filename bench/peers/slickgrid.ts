/** SlickGrid (MIT): plain rows in fixed heights, as its examples of 100,000 rows do. No bars. */
import 'slickgrid/dist/styles/css/slick.grid.css';
import 'slickgrid/dist/styles/css/slick-default-theme.css';
import { SlickGrid } from 'slickgrid';
import { COLUMNS, textsOf, WIDTHS } from '../grids/page/grid-rows.ts';
import { takeStage } from '../grids/page/stage.ts';

let rows: readonly object[] = [];

takeStage({
  prepare(given) {
    rows = given.map((row) => ({ id: row.index, ...textsOf(row) }));
  },
  show(root) {
    const columns = COLUMNS.map((column) => ({ id: column, field: column, name: column, width: WIDTHS[column] }));
    new SlickGrid(root, rows, columns, { enableCellNavigation: true, enableColumnReorder: false, rowHeight: 34 });
  },
  scroller: (root) => root.querySelector('.slick-viewport-top.slick-viewport-left'),
});
