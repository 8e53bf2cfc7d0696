import { type DurationEntry, readShiftMinutes } from '../../store/duration-entry.ts';
import { readInstant } from '../../store/instant-entry.ts';
import type { ChapterSchedule } from '../../store/rows.ts';
import { shiftText, timeText } from '../../store/times-text.ts';
import type { Unmount } from '../deps.ts';
import { openDialog } from '../dialog.ts';
import { asked, el, setAttribute, setText } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { type Act, type Scheduled, slip, whatOf } from './acts.ts';
import { cascadeField } from './cascade-field.ts';
import { type CascadeOf, cascadeWords, isAmiss, shifted, withCascade } from './knock-on.ts';
import { landingLines } from './landing.ts';
import type { TypedContext } from './typed-times.ts';
import './slip-dialog.css';

const STEPS = [-60, -30, -15, -5, 5, 15, 30, 60] as const;

export interface SlipOptions {
  readonly lines: readonly Scheduled[];
  readonly context: TypedContext;
  readonly draft: Draft;
  readonly cascadeOf: CascadeOf;
  /** As it stands by now, where somebody else moved it meanwhile. */
  readonly standing: (schedule: ChapterSchedule) => ChapterSchedule;
  /** Calls back whenever something may stand elsewhere, until the returned function is called. */
  readonly follow: (update: () => void) => Unmount;
  readonly onAct: (act: Act) => void;
}

/**
 * Moves chapters together by minutes, or so that the first of them begins at a time – what dragging does, by single clicks or
 * by typing – and says where they land.
 */
export function openSlipDialog(root: Element, options: SlipOptions): void {
  const { lines, context, draft, cascadeOf, standing, follow, onAct } = options;
  const what = whatOf(lines);
  const input = el('input', { class: 'mp-input', type: 'text', 'aria-label': 'By how much', autocomplete: 'off' });
  const error = el('p', { class: 'mp-error', id: 'mp-slip-error' });
  setAttribute(input, 'aria-describedby', 'mp-slip-help mp-slip-error');
  const list = el('ul', { class: 'mp-slip-list' });
  const steps = el(
    'div',
    { class: 'mp-choices' },
    ...STEPS.map((by) =>
      el(
        'button',
        { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'step', 'data-by': by },
        shiftText(by),
      ),
    ),
  );
  const help = el('p', { class: 'mp-help-text', id: 'mp-slip-help' }, '+30, -1h30 · sat 22:15, 28/3 22:15, T+3h');
  const label = el('span', { class: 'mp-label' }, 'By how much, or to when');
  const field = el('div', { class: 'mp-field' }, label, input, help, error);
  const after = cascadeField(preview);
  input.value = '+15';

  // What is moved is what stood here when it was opened, so that the merge knows whose move is which.
  const asTheyStand = () => lines.map((line) => ({ ...line, schedule: standing(line.schedule) }));

  function preview(): void {
    const stand = asTheyStand();
    const entry = readMove(input.value, stand, context);
    list.replaceChildren(...(entry.kind === 'ok' ? landing(stand, entry.minutes, context.zone) : []));
    const known = cascadeOf(shifted(lines, entry.kind === 'ok' ? entry.minutes : 0), after.mode());
    after.say(cascadeWords(known), isAmiss(known));
    setText(dialog.action, entry.kind === 'ok' ? `Move ${shiftText(entry.minutes)}` : 'Move');
  }

  const dialog = openDialog(root, {
    title: `Move ${what}`,
    body: [field, steps, list, after.element],
    action: 'Move',
    typing: { draft, controls: { by: input, after: after.control } },
    onAction() {
      const entry = readMove(input.value, asTheyStand(), context);
      setText(error, entry.kind === 'error' ? entry.message : '');
      setAttribute(input, 'aria-invalid', entry.kind === 'error' ? 'true' : null);
      if (entry.kind === 'error') return false;
      onAct(withCascade(slip(lines, entry.minutes), cascadeOf(shifted(lines, entry.minutes), after.mode())));
      return true;
    },
  });
  steps.addEventListener('click', (event) => {
    const by = Number(asked(event, steps)?.dataset.by);
    if (!Number.isInteger(by)) return;
    const entry = readMove(input.value, asTheyStand(), context);
    input.value = shiftText(by + (wasStepped && entry.kind === 'ok' ? entry.minutes : 0));
    wasStepped = true;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    // So that Enter now moves, instead of pressing the same step again.
    input.focus();
  });
  let wasStepped = false;
  input.addEventListener('input', preview);
  dialog.element.addEventListener('close', follow(preview));
  preview();
  input.focus();
  input.select();
}

/** A shift, else a time with its day for the first of them to begin: a bare `22:15` is 22 hours and a quarter here. */
function readMove(text: string, lines: readonly Scheduled[], context: TypedContext): DurationEntry {
  const shift = readShiftMinutes(text);
  if (shift.kind === 'ok') return shift;
  const first = lines.reduce(
    (least, { schedule }) => Math.min(least, schedule.planned_start),
    Number.POSITIVE_INFINITY,
  );
  const entry = readInstant(text, { ...context, current: first });
  if ('instant' in entry && entry.instant !== first) return { kind: 'ok', minutes: entry.instant - first };
  return /[a-z/.]/i.test(text) && 'message' in entry ? { kind: 'error', message: entry.message } : shift;
}

function landing(lines: readonly Scheduled[], by: number, zone: string): readonly HTMLElement[] {
  return landingLines(lines, ({ schedule: { planned_start } }) => [
    `${timeText(zone, planned_start)} → `,
    el('strong', {}, timeText(zone, planned_start + by)),
  ]);
}
