import { timesIn } from '../../store/conflict-items.ts';
import { readLabels } from '../../store/labels.ts';
import { STATUS_WORDS } from '../../store/progress.ts';
import type { CustomFields } from '../../store/resolution.ts';
import type { Fields, Status } from '../../store/rows.ts';
import { readTime, type TimeContext } from '../../store/time-entry.ts';
import { timeText } from '../../store/times-text.ts';
import { el, setAttribute, setText } from '../dom.ts';
import type { Draft } from '../drafts.ts';
import { isComposed } from '../keys.ts';
import { labelled } from '../labelled.ts';
import { type Control, keepTyped } from '../typed-fields.ts';
import type { ConflictCard, ItemModel } from './model.ts';

export interface CustomForm {
  readonly element: HTMLElement;
  readonly focus: () => void;
}

export interface CustomFormOptions {
  readonly card: ConflictCard;
  readonly zone: string;
  /** Minutes, server time. */
  readonly now: number;
  readonly onSet: (custom: CustomFields) => void;
  readonly onCancel: () => void;
  readonly draft: Draft;
}

interface Part {
  readonly element: HTMLElement;
  /** The fields as typed, or null after saying what is wrong beside the input. */
  readonly read: () => Fields | null;
}

/** "Edit…": one field for each disputed value, filled with mine; what is typed stays until it is set or left. */
export function customForm({ card, zone, now, onSet, onCancel, draft }: CustomFormOptions): CustomForm {
  const parts = card.items.map((model) => ({
    id: model.item.id,
    name: `${model.item.id} ${model.item.unit}`,
    part: partOf(model, zone, now),
  }));
  const cancel = el('button', { type: 'button', class: 'mp-button', 'data-tone': 'plain' }, 'Cancel');
  const element = el(
    'form',
    { class: 'mp-custom', novalidate: true },
    ...parts.map(({ part }) => part.element),
    el(
      'div',
      { class: 'mp-dialog-foot' },
      cancel,
      el('button', { type: 'submit', class: 'mp-button', 'data-tone': 'primary' }, 'Set this'),
    ),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    const custom: Record<string, Fields> = {};
    for (const { id, part } of parts) {
      const fields = part.read();
      if (fields === null) return;
      custom[id] = { ...custom[id], ...fields };
    }
    onSet(custom);
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !isComposed(event)) onCancel();
    event.stopPropagation();
  });
  cancel.addEventListener('click', onCancel);
  const controls = parts.flatMap(({ name, part }) => {
    const all = [...part.element.querySelectorAll<Control>('input, textarea, select')];
    return all.map((control, i) => [`${name} ${i}`, control] as const);
  });
  const unsaved = keepTyped(element, { draft, controls: Object.fromEntries(controls) });
  if (unsaved) element.prepend(unsaved);
  return { element, focus: () => controls[0]?.[1].focus() };
}

function partOf(model: ItemModel, zone: string, now: number): Part {
  const fields = model.item.mine ?? model.item.theirs ?? {};
  const times = timesIn(fields);
  if (times !== null) return timesPart(model, { zone, now, start: times[0], end: times[1] });
  if (model.item.unit === 'progress') return statusPart(model, fields);
  const [field] = Object.keys(fields);
  if (field === 'labels') return labelsPart(model, String(fields.labels ?? ''));
  const isText = field !== undefined && typeof (fields[field] ?? '') === 'string' && !field.endsWith('_id');
  return isText ? textPart(model, field, String(fields[field] ?? '')) : fixedPart(model);
}

interface TimesInput {
  readonly zone: string;
  readonly now: number;
  readonly start: number;
  readonly end: number;
}

function timesPart(model: ItemModel, { zone, now, start, end }: TimesInput): Part {
  const from = input(`Start of ${model.what}`, timeText(zone, start));
  const to = input(`End of ${model.what}`, timeText(zone, end));
  const context: TimeContext = { zone, now, current: start, windowStart: start };
  return {
    element: el('div', { class: 'mp-custom-times' }, from.element, to.element),
    read() {
      const typedStart = instantOf(from, context);
      if (typedStart === null) return null;
      const typedEnd = instantOf(to, { ...context, current: end, after: typedStart });
      if (typedEnd === null) return null;
      if (typedEnd < typedStart) {
        to.say('The end is before the start.');
        return null;
      }
      return { planned_start: typedStart, planned_end: typedEnd };
    },
  };
}

function instantOf(field: ReturnType<typeof input>, context: TimeContext): number | null {
  const entry = readTime(field.input.value, context);
  if (entry.kind === 'ok') {
    field.say('');
    return entry.instant;
  }
  field.say(
    entry.kind === 'error' ? entry.message : 'Clocks skip or repeat this time: add CET or CEST, or choose another.',
  );
  return null;
}

function statusPart(model: ItemModel, fields: Fields): Part {
  const select = el('select', { class: 'mp-input' });
  for (const status of ['pending', 'ready', 'running', 'done', 'blocked', 'skipped'] satisfies Status[]) {
    select.append(el('option', { value: status }, STATUS_WORDS[status]));
  }
  select.value = String(fields.status ?? 'pending');
  return { element: labelled(`Status of ${model.what}`, select), read: () => ({ ...fields, status: select.value }) };
}

function textPart(model: ItemModel, field: string, text: string): Part {
  const area = el('textarea', { class: 'mp-input', rows: 3, maxlength: 10_000 });
  area.value = text;
  return {
    element: labelled(`${field.replaceAll('_', ' ')} of ${model.what}`, area),
    read: () => ({ [field]: area.value }),
  };
}

function labelsPart(model: ItemModel, text: string): Part {
  const { element, input: typed, say } = input(`Labels of ${model.what}`, text);
  return {
    element,
    read() {
      const entry = readLabels(typed.value);
      say(entry.kind === 'error' ? entry.message : '');
      return entry.kind === 'error' ? null : { labels: entry.labels };
    },
  };
}

/** Values that cannot be typed stay as mine. */
function fixedPart(model: ItemModel): Part {
  return {
    element: el('p', { class: 'mp-help-text' }, `${model.what}: ${model.unitWord} stays as mine, ${model.mine}.`),
    read: () => model.item.mine ?? {},
  };
}

function input(label: string, value: string) {
  const error = el('p', { class: 'mp-error' });
  const field = el('input', { class: 'mp-input', type: 'text', autocomplete: 'off' });
  field.value = value;
  return {
    element: el('div', {}, labelled(label, field), error),
    input: field,
    say(sentence: string) {
      setText(error, sentence);
      setAttribute(field, 'aria-invalid', sentence === '' ? null : 'true');
      if (sentence !== '') field.focus();
    },
  };
}
