/**
 * The shareable macro-plan by day and hour: one HTML page that Outlook, Confluence's editor and a printer keep. The twin of
 * `macroplan.table_page` in SQL; a test compares the two, letter by letter.
 */

import { isMoment } from '../../store/chapter-kind.ts';
import { durationText } from '../../store/times-text.ts';
import type { RowMaps } from '../../store/view.ts';
import { escapeHtml } from './escape-html.ts';
import { type Day, daysOf } from './table-days.ts';
import { type TableItem, tableItems, type Variant } from './table-items.ts';
import { instantText, offsetInMail, showSpan } from './table-times.ts';

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
const fillOf = (status: string) => FILLS[status] ?? '#c1c7d0';
const inkOf = (status: string) => (['running', 'done', 'blocked'].includes(status) ? '#ffffff' : '#101214');

/** Null where there is no such plan or iteration. */
export function tablePage(rows: RowMaps, options: TableOptions): string | null {
  const iteration = rows.iterations.get(options.iterationId);
  const plan = [...rows.plans.values()][0];
  if (!iteration || !plan) return null;
  const { by, at, rev, since, link } = options;
  const zone = plan.time_zone;
  const title = escapeHtml(`${plan.name}: ${iteration.code} ${iteration.name}`);
  const window = `${instantText(zone, iteration.window_start)} – ${instantText(zone, iteration.window_end)}`;
  const items = tableItems(rows, options);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    options.purpose === 'page' ? PRINT : '',
    `</head><body style="font-family:Arial,sans-serif;font-size:13px;word-break:break-word;color:${TEXT}">`,
    `<h1 style="font-size:20px;margin:0 0 4px 0">${title}</h1><p style="margin:0 0 4px 0">`,
    `${iteration.kind} window ${window}. All times in ${escapeHtml(zone)} (${offsetInMail(zone, iteration.window_start)}).`,
    iteration.state === 'planned' ? '' : ` The iteration is ${iteration.state}.`,
    `</p><p style="margin:0 0 8px 0;color:#505258">Revision ${rev}, made ${instantText(zone, Math.floor(at / 60_000))} by ${escapeHtml(by)}`,
    since === null ? '' : `; (changed) marks what changed after revision ${since}`,
    '. ',
    link === null ? 'The live plan may be newer.' : `<a href="${escapeHtml(link)}">The live plan</a> may be newer.`,
    '</p>',
    items.length === 0
      ? '<p>Nothing is scheduled in this iteration yet.</p>'
      : options.variant === 'leadership'
        ? summaryTable(zone, items)
        : daysOf(zone, items)
            .map((day) => dayTable(zone, day))
            .join(''),
    '</body></html>',
  ].join('');
}

type Column = readonly [title: string, width: number];

const SUMMARY: readonly Column[] = [
  ['Gate, milestone or phase', 330],
  ['Team', 60],
  ['Planned start', 185],
  ['Planned end', 185],
  ['Duration', 80],
  ['Status', 120],
];

/** For leadership: on one page and without hours. */
function summaryTable(zone: string, items: readonly TableItem[]): string {
  const rows = items.map((item) => {
    const times = [instantText(zone, item.start), instantText(zone, item.end), durationText(item.end - item.start)];
    const cells = [
      whatCell(item),
      teamCell(item),
      ...times.map((text) => textCell(text)),
      statusCell(zone, item, false),
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  return tableOf(960, heads(SUMMARY), rows);
}

const DAY_COLUMNS: readonly Column[] = [
  ['Chapter', 300],
  ['Team', 60],
  ['Planned', 170],
  ['Status', 90],
];

function dayTable(zone: string, day: Day): string {
  const { hours, labels, minutes } = day;
  const clockStyle = `padding:0;text-align:center;font-size:10px;color:${TEXT}`;
  const clocks = labels.map((inner) => cell('th', ' scope="col" width="14"', { fill: HEAD, style: clockStyle, inner }));
  const phaseStyle = `padding:2px 6px;text-align:left;color:${TEXT}`;
  const rows = day.groups.flatMap(({ phase, items }) => [
    `<tr>${cell('th', ` scope="rowgroup" colspan="${4 + hours}"`, { fill: '#e9f2fe', style: phaseStyle, inner: escapeHtml(phase) })}</tr>`,
    ...items.map((item) => dayRow(zone, day, item)),
  ]);
  const change = minutes === 24 * 60 ? '' : `, ${Math.round(minutes / 6) / 10} hours: the clocks change`;
  return (
    `<h2 style="font-size:16px;margin:16px 0 4px 0">${day.title}${change}</h2>` +
    tableOf(620 + 14 * hours, heads(DAY_COLUMNS) + clocks.join(''), rows)
  );
}

function dayRow(zone: string, day: Day, item: TableItem): string {
  const hasOffset = day.minutes !== 24 * 60;
  const when = [
    showSpan(zone, item.start, item.end, hasOffset),
    item.end > item.start ? `, ${durationText(item.end - item.start)}` : '',
    item.zone !== null && item.zone !== zone
      ? `<br>${showSpan(item.zone, item.start, item.end, true)} ${escapeHtml(item.zone)}`
      : '',
  ];
  const cells = [whatCell(item), teamCell(item), textCell(when.join('')), statusCell(zone, item, hasOffset)];
  return `<tr>${cells.join('')}${hourCells(day, item)}</tr>`;
}

const KINDS: { readonly [kind: string]: string } = { gate: 'Gate', milestone: 'Milestone', phase: 'Phase' };

function whatCell({ kind, code, title, isChanged, note }: TableItem): string {
  const characters = [...note];
  const shortened = characters.length > 300 ? `${characters.slice(0, 300).join('')}…` : note;
  return textCell(
    [
      KINDS[kind] ? `<b>${KINDS[kind]}</b> ` : '',
      `<b>${escapeHtml(code)}</b> ${escapeHtml(title)}`,
      isChanged ? ' <b>(changed)</b>' : '',
      note === '' ? '' : `<br>${escapeHtml(shortened)}`,
    ].join(''),
  );
}

const teamCell = ({ team }: TableItem) => textCell(team === null ? '&#160;' : escapeHtml(team));

function statusCell(zone: string, item: TableItem, hasOffset: boolean): string {
  const { status, statusText, actualStart, actualEnd } = item;
  const at = (instant: number) => showSpan(zone, instant, instant, hasOffset);
  const since =
    status === 'done' && actualEnd !== null
      ? ` ${at(actualEnd)}`
      : status === 'running' && actualStart !== null
        ? ` since ${at(actualStart)}`
        : '';
  return textCell(statusText + since, { fill: fillOf(status), ink: inkOf(status) });
}

function hourCells({ start, hours }: Day, item: TableItem): string {
  const sign = isMoment(item.kind) ? '&#9670;' : '&#9632;';
  const first = Math.max(0, Math.floor((item.start - start) / 60));
  const last = Math.min(hours - 1, Math.max(first, Math.ceil((item.end - start) / 60) - 1));
  const fill = fillOf(item.status);
  const style = `padding:0;text-align:center;font-size:11px;color:${fill}`;
  const empty = (count: number) =>
    count > 0 ? `<td style="border:1px solid #8c9bab" colspan="${count}">&#160;</td>` : '';
  const full = cell('td', ' width="14"', { fill, style, inner: sign }).repeat(last - first + 1);
  return empty(first) + full + empty(hours - 1 - last);
}

const heads = (columns: readonly Column[]) =>
  columns.map(([text, width]) => textCell(text, { width, fill: HEAD })).join('');

function tableOf(width: number, head: string, rows: readonly string[]): string {
  return (
    `<table width="${width}" cellpadding="0" cellspacing="0" border="0"` +
    ' style="border-collapse:collapse;word-break:normal;font-size:13px;mso-table-lspace:0;mso-table-rspace:0">' +
    `<thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`
  );
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
  const wrap = LONG_WORD.test(inner) ? ';word-break:break-word' : '';
  return `<${tag}${attributes} bgcolor="${fill}" style="${base};${style}${wrap}">${inner}</${tag}>`;
}

/** It would widen the table; no other word is broken to fit its column. Of markup, so an address in a link may be one. */
const LONG_WORD = /[^ \n<>]{31}/u;
