import type { ChapterSchedule } from '../../store/rows.ts';
import { durationText, spanText, timeText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import type { Unmount } from '../deps.ts';
import { el } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import type { Act, Scheduled } from './acts.ts';
import { MODES } from './cascade-field.ts';
import { type CascadeOf, cascadeWords, isAmiss, withCascade } from './knock-on.ts';
import { landingLines } from './landing.ts';
import { mergedTimes } from './merged-times.ts';
import { severalTimes, type TypedTimes } from './several-times.ts';
import type { TimeField, TypedContext } from './typed-times.ts';

const LABELS: { readonly [F in keyof TypedTimes]: readonly [label: string, hint: string] } = {
  start: ['Start', 'sat 22:15, T+3h; +30m: each by as much'],
  end: ['End', 'sun 01:45; +30m: each by as much'],
  duration: ['Duration', '45, 1h30; +15m: each longer'],
  deadline: ['Must finish by', 'sun 07:00; +30m: each by as much; none'],
};

const NAMES = Object.keys(LABELS) as readonly (keyof TypedTimes)[];

export interface SeveralTimesOptions {
  readonly lines: readonly Scheduled[];
  /** What was asked for: the field that has the focus. */
  readonly field: TimeField;
  readonly context: TypedContext;
  readonly draft: Draft;
  readonly cascadeOf: CascadeOf;
  /** As it stands by now, where somebody else moved it meanwhile. */
  readonly standing: (schedule: ChapterSchedule) => ChapterSchedule;
  /** Calls back whenever something may stand elsewhere, until the returned function is called. */
  readonly follow: (update: () => void) => Unmount;
  readonly onAct: (act: Act) => void;
}

interface Landed {
  readonly code: string;
  readonly now: ChapterSchedule;
  /** Null: it does not go together with what somebody else made of it. */
  readonly merged: ChapterSchedule | null;
}

/** Any two of start, end and duration, and a deadline, for all selected chapters, with where each of them would stand. */
export function openSeveralTimes(root: Element, options: SeveralTimesOptions): void {
  const { lines, field, context, draft, cascadeOf, standing, follow, onAct } = options;
  const told = el('div', { role: 'status' });
  const others = NAMES.filter((each) => each !== field);

  function read(values: FormValues) {
    const { start = '', end = '', duration = '', deadline = '' } = values;
    const found = severalTimes(lines, { start, end, duration, deadline }, context);
    if ('message' in found) return found;
    return { ...found, cascade: cascadeOf(found.retimed, values.after as keyof typeof MODES) };
  }

  function tell(values: FormValues): void {
    const words = el('div', { role: 'status' }, ...wordsOn(values));
    // What arrives and changes nothing here is not read out again.
    if (!words.isEqualNode(told)) told.replaceChildren(...words.childNodes);
  }

  function wordsOn(values: FormValues): readonly Node[] {
    const found = read(values);
    if ('message' in found) {
      // What to write is said above the fields.
      const isUntouched = NAMES.every((name) => !values[name]);
      return isUntouched ? [] : [el('p', { class: 'mp-help-text' }, found.message)];
    }
    // What is sent is reckoned from what stood here when it was opened, so that the merge knows whose change is which.
    const ids = new Set(found.retimed.map(({ chapterId }) => chapterId));
    const landed = lines
      .filter(({ id }) => ids.has(id))
      .map(({ code, schedule }) => {
        const now = standing(schedule);
        const ops = found.act.ops.filter((op) => 'id' in op && op.id === schedule.id);
        return { code, now, merged: mergedTimes(ops, now) };
      });
    const mustChoose = ({ merged }: Landed) => merged === null;
    const list = landingLines(
      landed.toSorted((a, b) => Number(mustChoose(b)) - Number(mustChoose(a))),
      landing,
    );
    return [
      el('ul', { class: 'mp-slip-list' }, ...list),
      landed.some(mustChoose)
        ? el('p', { class: 'mp-error' }, 'None of it is done until that is decided.')
        : el('p', { class: isAmiss(found.cascade) ? 'mp-error' : 'mp-help-text' }, cascadeWords(found.cascade)),
    ];
  }

  function landing({ now, merged }: Landed): readonly (Node | string)[] {
    const { planned_start: start, planned_end: end, must_finish_by: due } = merged ?? now;
    const { zone } = context;
    const hadDue = now.must_finish_by !== null;
    return [
      el('strong', {}, spanText(zone, start, end)),
      ` (${durationText(end - start)})`,
      due !== null ? `, must finish by ${timeText(zone, due)}` : hadDue ? ', no deadline any more' : '',
      merged === null ? ': somebody else changed it meanwhile, and one of the two has to be chosen' : '',
    ];
  }

  openForm(root, {
    title: `Times of ${counted(lines.length, 'chapter')}`,
    draft,
    intro:
      'Write one or two of start, end and duration: the third follows. What is left empty stays as each chapter has it.',
    fields: [
      ...[field, ...others].map((name): FormField => {
        const [label, hint] = LABELS[name];
        return { name, label, kind: 'line', value: '', hint };
      }),
      {
        name: 'after',
        label: 'What comes after',
        kind: 'choice',
        value: 'push',
        choices: Object.entries(MODES),
        isWide: true,
      },
    ],
    more: told,
    action: 'Set times',
    onChange: tell,
    follow,
    onAction(values) {
      const found = read(values);
      if ('message' in found) return found;
      onAct(withCascade(found.act, found.cascade));
      return null;
    },
  });
}
