/** The same small table for everybody: what a planner sees first. */
import type { BenchRow } from './contestant.ts';

const FIELDS = ['id', 'rev', 'planned_start', 'planned_end', 'status', 'note'];
const cells = new Map<string, Text>();

/** Draws the rows, or what is new of them, and resolves when the browser has painted a frame with them. */
export function paint(rows: readonly (BenchRow | undefined)[]): Promise<void> {
  draw(rows);
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // A message that is posted in a frame's callback arrives after that frame was painted.
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });
}

export function draw(rows: readonly (BenchRow | undefined)[]): void {
  for (const [at, row] of rows.entries()) {
    if (!row) throw new Error(`Row ${at} is missing.`);
    for (const field of FIELDS) {
      const text = String((row as unknown as { readonly [field: string]: unknown })[field] ?? '');
      const cell = cells.get(`${at} ${field}`) ?? addCell(at, field);
      if (cell.data !== text) cell.data = text;
    }
  }
}

function addCell(at: number, field: string): Text {
  const body = document.querySelector('tbody');
  if (!body) throw new Error('The page has no table.');
  const text = document.createTextNode('');
  (body.rows[at] ?? body.insertRow()).insertCell().append(text);
  cells.set(`${at} ${field}`, text);
  return text;
}
