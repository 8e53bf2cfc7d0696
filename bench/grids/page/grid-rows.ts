/** The rows that every grid shows: phases of nineteen chapters each, one dependency a chapter, all within three days. Pure. */
export interface GridRow {
  readonly index: number;
  readonly code: string;
  readonly title: string;
  readonly team: string;
  /** Minutes since 1970. */
  readonly start: number;
  readonly end: number;
  readonly status: 'pending' | 'done';
  /** The phase that a chapter belongs to; null for a phase. */
  readonly phase: number | null;
  /** The chapter it waits for; null for the first of a phase. */
  readonly after: number | null;
}

export const COLUMNS = ['code', 'title', 'team', 'start', 'end', 'duration', 'status'] as const;
export const WIDTHS: { readonly [C in (typeof COLUMNS)[number]]: number } = {
  code: 80,
  title: 240,
  team: 60,
  start: 140,
  end: 140,
  duration: 70,
  status: 100,
};

/** Rounded, for a quotient and all that is reckoned with it are kept as fractions, each in a box of its own. */
export const WINDOW_START = Math.round(Date.UTC(2027, 0, 15, 18) / 60_000);
export const WINDOW_MINUTES = 3 * 1440;
const PHASE_ROWS = 20;

export function gridRows(count: number): readonly GridRow[] {
  return Array.from({ length: count }, (_, index): GridRow => {
    const place = index % PHASE_ROWS;
    const phase = index - place;
    // The phases of a plan run beside each other; primes spread them over the window without chance.
    const begin = WINDOW_START + (((phase / PHASE_ROWS) * 37) % (WINDOW_MINUTES - 1140));
    const isPhase = place === 0;
    const start = isPhase ? begin : begin + (place - 1) * 60;
    return {
      index,
      code: isPhase ? `P${phase / PHASE_ROWS}` : `C${index}`,
      title: isPhase ? `Phase ${phase / PHASE_ROWS}` : `Chapter ${index} of the weekend`,
      team: isPhase ? '' : `T${(index * 7) % 40}`,
      start,
      end: isPhase ? begin + (PHASE_ROWS - 1) * 60 : start + 45,
      status: (index * 13) % 5 === 0 ? 'done' : 'pending',
      phase: isPhase ? null : phase,
      after: place > 1 ? index - 1 : null,
    };
  });
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Sat 16 22:15`, for grids that show texts. */
export function clockOf(minutes: number): string {
  const date = new Date(minutes * 60_000);
  const clock = `${String(date.getUTCHours()).padStart(2, '0')}:${String(date.getUTCMinutes()).padStart(2, '0')}`;
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${clock}`;
}

/** A row as texts by column, as a plain grid takes it. */
export function textsOf(row: GridRow): { readonly [C in (typeof COLUMNS)[number]]: string } {
  const { code, title, team, start, end, status } = row;
  return { code, title, team, start: clockOf(start), end: clockOf(end), duration: `${end - start}m`, status };
}
