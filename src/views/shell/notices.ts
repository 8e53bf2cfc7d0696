import type { PlanView } from '../../store/view.ts';
import { el, setShown, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';

interface NoticeLine {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly kind: 'refused' | 'warning';
}

/**
 * What did not happen as asked, above every view until its reader has dismissed it: refused edits, and warnings of
 * this visit. Clicks carry `data-do="dismiss"` and the line's id.
 */
export function noticeList() {
  const element = el('ul', { class: 'mp-notices', 'aria-label': 'What needs your eye', hidden: true });
  const warnings = new Map<string, NoticeLine>();
  const update = keyed<NoticeLine>(element, ({ id }) => id, mountLine);
  return {
    element,
    warn(id: string, sentence: string) {
      warnings.set(id, { id, title: 'Not done', sentence, kind: 'warning' });
    },
    /** True where the line was a warning of this visit; false where the store must forget a refusal. */
    dismissWarning: (id: string) => warnings.delete(id),
    update(view: PlanView) {
      const refused = view.refused.map(
        ({ edit, refusal }): NoticeLine => ({
          id: edit.id,
          title: `Refused: ${edit.label}`,
          sentence: refusal.message,
          kind: 'refused',
        }),
      );
      const lines = [...refused, ...warnings.values()];
      setShown(element, lines.length !== 0);
      update(lines);
    },
  };
}

function mountLine({ id, kind }: NoticeLine) {
  const title = el('strong');
  const sentence = el('span');
  const dismiss = el('button', { type: 'button', class: 'mp-button', 'data-do': 'dismiss', 'data-id': id }, 'Dismiss');
  const element = el('li', { class: 'mp-notice-line', 'data-kind': kind }, el('p', {}, title, ' ', sentence), dismiss);
  return {
    element,
    update(line: NoticeLine) {
      setText(title, line.title);
      setText(sentence, line.sentence);
    },
  };
}
