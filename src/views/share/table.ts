/**
 * The shareable macro-plan by day and hour: one HTML page that Outlook, Confluence's editor and a printer keep. The twin of
 * `macroplan.table_page` in SQL; a test compares the two, letter by letter.
 */
import type { RowMaps } from '../../store/view.ts';
import { escapeHtml } from './escape-html.ts';
import { type Day, daysOf } from './table-days.ts';
import { type TableItem, tableItems, type Variant } from './table-items.ts';
import { instantText, offsetText, showDuration, showSpan } from './table-times.ts';

export interface TableOptions {
  readonly iterationId: string;
  /** A page has rules for printers; a mail has none. */
  readonly purpose: 'page' | 'mail';
  readonly variant: Variant;
  /** Marks what changed after this rev; null marks nothing. */
  readonly since: number | null;
  /** URL of the live plan. */
  readonly link: string | null;
  /** Who made it, as people call them. */
  readonly by: string;
  /** Server clock, milliseconds. */
  readonly at: number;
  /** The plan's rev. */
  readonly rev: number;
}

const PRINT =
  '<style>@page{size:A4 landscape;margin:10mm}thead{display:table-header-group}' +
  'tr{break-inside:avoid}h2{break-after:avoid}td,th{-webkit-print-color-adjust:exact;print-color-adjust:exact}</style>';
const TEXT = '#172b4d';
const HEAD = '#f1f2f4';

/** src/views/css/tokens.css, the light palette, baked in: a mail knows no variables. */
const FILLS: { readonly [status: string]: string } = {
  ready: '#56b4e9',
  running: '#0055cc',
  done: '#00664b',
  blocked: '#b3261e',
  skipped: '#b7b9be',
};
const fillOf = (status: string) => FILLS[status] ?? '#8c8f97';
const inkOf = (status: string) => (['running', 'done', 'blocked'].includes(status) ? '#ffffff' : '#101214');

/** Null where there is no such plan or iteration. */
export function tablePage(rows: RowMaps, options: TableOptions): string | null {
  const iteration = rows.iterations.get(options.iterationId);
  const plan = [...rows.plans.values()][0];
  if (!iteration || !plan) return null;
  const { by, at, rev, since, link } = options;
  const zone = plan.time_zone;
  const title = escapeHtml(`${plan.name}: ${iteration.name}`);
  const window = `${instantText(zone, iteration.window_start)} – ${instantText(zone, iteration.window_end)}`;
  const items = tableItems(rows, options);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    options.purpose === 'page' ? PRINT : '',
    `</head><body style="font-family:Arial,sans-serif;font-size:13px;color:${TEXT}">`,
    `<h1 style="font-size:20px;margin:0 0 4px 0">${title}</h1><p style="margin:0 0 4px 0">`,
    `${iteration.kind} window ${window}. All times in ${escapeHtml(zone)} (${offsetText(zone, iteration.window_start)}).`,
    iteration.state === 'planned' ? '' : ` The iteration is ${iteration.state}.`,
    `</p><p style="margin:0;color:#505258">Revision ${rev}, made ${instantText(zone, Math.floor(at / 60_000))} by ${escapeHtml(by)}`,
    since === null ? '' : `; (changed) marks what changed after revision ${since}`,
    '. ',
    link === null ? 'The live plan may be newer.' : `<a href="${escapeHtml(link)}">The live plan</a> may be newer.`,
    '</p>',
    daysOf(zone, items)
      .map((day) => dayTable(zone, day))
      .join('') || '<p>Nothing is scheduled in this iteration yet.</p>',
    '</body></html>',
  ].join('');
}

function dayTable(zone: string, day: Day): string {
  const { hours, labels } = day;
  const heads = (
    [
      ['Chapter', 300],
      ['Team', 60],
      ['Planned', 170],
      ['Status', 90],
    ] as const
  ).map(([text, width]) => textCell(text, { width, fill: HEAD }));
  const clocks = labels.map((label) =>
    cell('th', ' scope="col" width="14"', {
      fill: HEAD,
      style: `padding:0;text-align:center;font-size:10px;color:${TEXT}`,
      inner: label,
    }),
  );
  const isChange = day.minutes === 24 * 60 ? '' : `, ${Math.round(day.minutes / 6) / 10} hours: the clocks change`;
  const groups = day.groups.map(({ phase, items }) => {
    const style = `padding:2px 6px;text-align:left;color:${TEXT}`;
    const head = cell('th', ` scope="rowgroup" colspan="${4 + hours}"`, {
      fill: '#e9f2fe',
      style,
      inner: escapeHtml(phase ?? ''),
    });
    return `${phase === null ? '' : `<tr>${head}</tr>`}${items.map((item) => itemRow(zone, day, item)).join('')}`;
  });
  return (
    `<h2 style="font-size:16px;margin:16px 0 4px 0">${day.title}${isChange}</h2>` +
    `<table width="${620 + 14 * hours}" cellpadding="0" cellspacing="0" border="0"` +
    ' style="border-collapse:collapse;font-size:13px;mso-table-lspace:0;mso-table-rspace:0">' +
    `<thead><tr>${heads.join('')}${clocks.join('')}</tr></thead><tbody>${groups.join('')}</tbody></table>`
  );
}

function itemRow(zone: string, day: Day, item: TableItem): string {
  const isPoint = item.kind === 'gate' || item.kind === 'milestone';
  const hasOffset = day.minutes !== 24 * 60;
  const note = [...item.note];
  const what = [
    isPoint ? `<b>${item.kind === 'gate' ? 'Gate' : 'Milestone'}</b> ` : '',
    `<b>${escapeHtml(item.code)}</b> ${escapeHtml(item.title)}`,
    item.isChanged ? ' <b>(changed)</b>' : '',
    item.note === '' ? '' : `<br>${escapeHtml(note.length > 300 ? `${note.slice(0, 300).join('')}…` : item.note)}`,
  ];
  const when = [
    showSpan(zone, item.start, item.end, hasOffset),
    item.end > item.start ? `, ${showDuration(item.end - item.start)}` : '',
    item.zone !== null && item.zone !== zone
      ? `<br>${showSpan(item.zone, item.start, item.end, true)} ${escapeHtml(item.zone)}`
      : '',
  ];
  const { status, actualStart, actualEnd } = item;
  const at = (instant: number) => showSpan(zone, instant, instant, hasOffset);
  const state = [
    item.statusText,
    status === 'done' && actualEnd !== null ? ` ${at(actualEnd)}` : '',
    status === 'running' && actualStart !== null ? ` since ${at(actualStart)}` : '',
  ];
  return [
    '<tr>',
    textCell(what.join('')),
    textCell(item.team === null ? '&#160;' : escapeHtml(item.team)),
    textCell(when.join('')),
    textCell(state.join(''), { fill: fillOf(status), ink: inkOf(status) }),
    hourCells(day, item, isPoint ? '&#9670;' : '&#9632;'),
    '</tr>',
  ].join('');
}

function hourCells({ start, hours }: Day, item: TableItem, sign: string): string {
  const first = Math.max(0, Math.floor((item.start - start) / 60));
  const last = Math.min(hours - 1, Math.max(first, Math.ceil((item.end - start) / 60) - 1));
  const fill = fillOf(item.status);
  const style = `padding:0;text-align:center;font-size:11px;color:${fill}`;
  const empty = (count: number) =>
    count > 0 ? `<td style="border:1px solid #8c9bab" colspan="${count}">&#160;</td>` : '';
  const full = cell('td', ' width="14"', { fill, style, inner: sign }).repeat(last - first + 1);
  return empty(first) + full + empty(hours - 1 - last);
}

/** `width` makes it a header of a column. `inner` is markup: text in it was escaped. */
function textCell(
  inner: string,
  { width, fill = '#ffffff', ink = TEXT }: { width?: number; fill?: string; ink?: string } = {},
): string {
  const style = `padding:2px 6px;text-align:left;color:${ink}`;
  if (width === undefined) return cell('td', '', { fill, style, inner });
  return cell('th', ` scope="col" width="${width}"`, { fill, style, inner });
}

function cell(
  tag: string,
  attributes: string,
  { fill, style, inner }: { fill: string; style: string; inner: string },
): string {
  const base = `border:1px solid #8c9bab;vertical-align:top;background-color:${fill}`;
  return `<${tag}${attributes} bgcolor="${fill}" style="${base};${style}">${inner}</${tag}>`;
}
