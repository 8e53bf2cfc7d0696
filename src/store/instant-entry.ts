/** Times typed into a form: an instant, or a sentence that says what to write instead. Pure. */
import { readTime, type TimeContext } from './time-entry.ts';
import { clockText, dateText } from './times-text.ts';
import { zoneName } from './zone.ts';

export type InstantEntry = { readonly instant: number } | { readonly message: string };

export function readInstant(text: string, context: TimeContext): InstantEntry {
  const entry = readTime(text, context);
  // With its day: the field may hold another one, and clocks that jump at midnight show the time before on the day before.
  const named = (instant: number) => {
    const { zone } = context;
    return `${dateText(zone, instant)} ${clockText(zone, instant)} ${zoneName(zone, instant)}`;
  };
  switch (entry.kind) {
    case 'ok':
      return { instant: entry.instant };
    case 'error':
      return { message: entry.message };
    case 'gap':
      return {
        message: `Clocks skip this time that night. Write ${named(entry.before)} or ${named(entry.after)}.`,
      };
    case 'overlap':
      return {
        message: `Clocks show this time twice that night. Write ${named(entry.first)} or ${named(entry.second)}.`,
      };
  }
}
