/** What a move by keys is said to have done, for ears: whole words, the new times, what it breaks, how near the next gate is. Pure. */
import { sentence } from '../../store/isolated.ts';
import type { Cascade, Retimed } from '../../store/network/cascade.ts';
import type { GateSlack } from '../../store/network/gate-slack.ts';
import { dayText, exactClockText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import { cascadeParts } from './knock-on.ts';

export interface Nudged {
  readonly zone: string;
  readonly title: string;
  /** What of it moved. */
  readonly part: 'all' | 'start' | 'end';
  /** Where it stands now. */
  readonly times: Pick<Retimed, 'start' | 'end'>;
  /** How many others moved along. */
  readonly others: number;
  readonly cascade: Cascade;
  readonly gate: GateSlack | null;
}

/** `Load accounts moved to Saturday 22:15, ends 01:45, breaks CF, gate G2 slack 25 minutes` */
export function nudgeWords({ zone, title, part, times, others, cascade, gate }: Nudged): string {
  const { start, end } = times;
  const takes = `takes ${minutesWords(end - start)}`;
  const ends = end - start < 24 * 60 ? exactClockText(zone, end) : whenWords(zone, end);
  const words = {
    all: [sentence`${title} moved to ${whenWords(zone, start)}`, ...(end > start ? [`ends ${ends}`] : [])],
    start: [sentence`${title} starts ${whenWords(zone, start)}`, takes],
    end: [sentence`${title} ends ${whenWords(zone, end)}`, takes],
  }[part];
  const along = others === 0 ? [] : [`${others} more moved with it`];
  return [...words, ...along, ...cascadeParts(cascade), ...(gate === null ? [] : [gateWords(gate)])].join(', ');
}

function gateWords({ gate, slack }: GateSlack): string {
  return slack < 0
    ? sentence`${minutesWords(-slack)} too late for gate ${gate.code}`
    : sentence`gate ${gate.code} slack ${minutesWords(slack)}`;
}

const DAYS: { readonly [short: string]: string } = {
  Mon: 'Monday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
  Sun: 'Sunday',
};

/** `Saturday 22:15` */
function whenWords(zone: string, instant: number): string {
  return `${DAYS[dayText(zone, instant).slice(0, 3)]} ${exactClockText(zone, instant)}`;
}

/** `1 hour 30 minutes` */
export function minutesWords(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const words = parts.flatMap(([count, unit]) => (count === 0 ? [] : [counted(count, unit)]));
  return words.length === 0 ? '0 minutes' : words.join(' ');
}
