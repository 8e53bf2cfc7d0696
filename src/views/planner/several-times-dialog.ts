import { durationText, spanText, timeText } from '../../store/times-text.ts';
import { counted } from '../../store/words.ts';
import { el } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { type FormField, type FormValues, openForm } from '../form.ts';
import type { Act, Scheduled } from './acts.ts';
import { MODES } from './cascade-field.ts';
import { type CascadeOf, cascadeWords, isAmiss, withCascade } from './knock-on.ts';
import { landingLines } from './landing.ts';
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
  readonly onAct: (act: Act) => void;
}

/** Any two of start, end and duration, and a deadline, for all selected chapters, with where each of them would stand. */
export function openSeveralTimes(root: Element, options: SeveralTimesOptions): void {
  const { lines, field, context, draft, cascadeOf, onAct } = options;
  const told = el('div', { role: 'status' });
  const others = NAMES.filter((each) => each !== field);

  function read(values: FormValues) {
    const { start = '', end = '', duration = '', deadline = '' } = values;
    const found = severalTimes(lines, { start, end, duration, deadline }, context);
    if ('message' in found) return found;
    return { ...found, cascade: cascadeOf(found.retimed, values.after as keyof typeof MODES) };
  }

  function tell(values: FormValues): void {
    const found = read(values);
    if ('message' in found) {
      // What to write is said above the fields.
      const isUntouched = NAMES.every((name) => !values[name]);
      told.replaceChildren(...(isUntouched ? [] : [el('p', { class: 'mp-help-text' }, found.message)]));
      return;
    }
    const known = new Map(lines.map((line) => [line.id, line]));
    const landed = found.retimed.map(({ chapterId, ...times }) => {
      const line = known.get(chapterId);
      return { code: line?.code ?? '', had: line?.deadline ?? null, ...times };
    });
    const landing = landingLines(landed, ({ start, end, mustFinishBy: due = null, had }) => [
      el('strong', {}, spanText(context.zone, start, end)),
      ` (${durationText(end - start)})`,
      due !== null ? `, must finish by ${timeText(context.zone, due)}` : had !== null ? ', no deadline any more' : '',
    ]);
    told.replaceChildren(
      el('ul', { class: 'mp-slip-list' }, ...landing),
      el('p', { class: isAmiss(found.cascade) ? 'mp-error' : 'mp-help-text' }, cascadeWords(found.cascade)),
    );
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
    onAction(values) {
      const found = read(values);
      if ('message' in found) return found;
      onAct(withCascade(found.act, found.cascade));
      return null;
    },
  });
}
