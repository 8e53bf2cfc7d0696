import { asked } from '../dom.ts';
import { isSwitchedOff, isTyping } from '../keys.ts';
import { rowOf } from './cursor.ts';

const TYPES = ['click', 'dblclick', 'contextmenu', 'keydown', 'input'] as const;

/**
 * What is done to the planner before the code that answers hands is here: kept, and done once it is. `onFirst` is told when
 * something waits.
 */
export function earlyActs(element: HTMLElement, onFirst: () => void) {
  const kept: Event[] = [];

  function keep(event: Event): void {
    if (!isMeant(event, element)) return;
    // It is done later, as a whole; a text that is typed into a field stays there.
    event.preventDefault();
    event.stopPropagation();
    kept.push(event);
    if (kept.length === 1) onFirst();
  }

  for (const type of TYPES) element.addEventListener(type, keep);
  return {
    forget(): void {
      kept.length = 0;
    },
    /** Keeps nothing from now on, and does what was kept. */
    redo(): void {
      for (const type of TYPES) element.removeEventListener(type, keep);
      const before = document.activeElement;
      for (const event of kept.splice(0)) {
        const { activeElement: field } = document;
        // A key has opened it: what was typed after that key was meant for it.
        if (event instanceof KeyboardEvent && isField(field) && field !== before) type(field, event);
        else if ((event.target as Element).isConnected) dispatch(event.target as Element, event);
      }
    },
  };
}

function dispatch(target: Element, event: Event): void {
  const Kind = event.constructor as new (type: string, init: Event) => Event;
  target.dispatchEvent(new Kind(event.type, event));
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(element: Element | null): element is Field {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

/** A script's key event types nothing. */
function type(field: Field, event: KeyboardEvent): void {
  if (event.key.length > 1) dispatch(field, event);
  else {
    field.setRangeText(event.key, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

/** Of keys those that mean something in the grid alone: what is typed into fields and what goes with Ctrl is answered elsewhere. */
function isMeant(event: Event, element: HTMLElement): boolean {
  if (event.type === 'click') return asked(event, element) !== null;
  if (event.type === 'contextmenu') return rowOf(event.target) !== null;
  if (!(event instanceof KeyboardEvent)) return true;
  return (
    !isTyping(event.target) &&
    !isSwitchedOff(event, element) &&
    !event.ctrlKey &&
    !event.metaKey &&
    /^(.|Arrow\w+|Page\w+|Home|End|Enter|F2|Delete|Insert)$/.test(event.key)
  );
}
