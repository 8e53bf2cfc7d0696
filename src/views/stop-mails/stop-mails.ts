/**
 * The page behind "Stop these mails": says whose mails of which plan would stop, and stops them when it is pressed, never by being
 * opened – programs that check mails open every link. Who opens it may be nobody that the plan knows.
 */
import type { MailStops, StopMails } from '../../store/mail.ts';
import { asked, el, setShown, setText } from '../dom.ts';
import './stop-mails.css';
import '../css/dialog.css';
import '../css/form.css';

/** `events`: what the link in the mail was about. */
export async function mountStopMails(root: HTMLElement, stops: StopMails, events: readonly string[]): Promise<void> {
  const title = el('h1', { class: 'mp-dialog-title' }, 'Mails of Macroplan');
  const words = el('p', { role: 'status' }, 'Asking the server…');
  const list = el('ul', { class: 'mp-stop-list' });
  const problem = el('p', { class: 'mp-error', role: 'alert' });
  const element = el(
    'main',
    { class: 'mp-root', 'data-page': 'standalone' in root.dataset },
    el('div', { class: 'mp-stop' }, title, words, list, problem),
  );
  root.replaceChildren(element);

  function show(now: MailStops, said: string): void {
    setText(title, `Mails of ${now.plan}`);
    setText(words, said || `These are the mails of this plan to ${now.email}. Nothing has changed yet.`);
    // What the mail was about comes first; the rest may be stopped here too.
    const isMeant = (event: string) => events.includes(event);
    const ordered = [...now.events].sort((a, b) => Number(isMeant(b.event)) - Number(isMeant(a.event)));
    const focused = list.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.event
      : undefined;
    list.replaceChildren(
      ...ordered.map(({ event, title: name, is_stopped }) =>
        el(
          'li',
          { class: 'mp-list-item' },
          el('span', { class: 'mp-list-words' }, name, is_stopped ? ' – stopped' : ''),
          el(
            'button',
            {
              type: 'button',
              class: 'mp-button',
              'data-tone': isMeant(event) && !is_stopped ? 'primary' : 'outline',
              'data-do': is_stopped ? 'resume' : 'stop',
              'data-event': event,
              'aria-label': `${is_stopped ? 'Get again' : 'Stop'}: ${name}`,
            },
            is_stopped ? 'Get again' : 'Stop',
          ),
        ),
      ),
    );
    if (focused !== undefined) list.querySelector<HTMLElement>(`[data-event="${CSS.escape(focused)}"]`)?.focus();
  }

  async function attempt(work: () => Promise<MailStops>, said: (now: MailStops) => string): Promise<void> {
    setText(problem, '');
    try {
      const now = await work();
      show(now, said(now));
    } catch (error) {
      setText(problem, (error as Error).message);
      setShown(words, list.childElementCount > 0);
    }
  }

  list.addEventListener('click', (event) => {
    const { do: act, event: name } = asked(event, list)?.dataset ?? {};
    if (name === undefined || (act !== 'stop' && act !== 'resume')) return;
    const words = { stop: 'Stopped. The leads of the plan see that you stopped it.', resume: 'You get these again.' };
    void attempt(
      () => stops.change({ [act]: [name] }),
      () => words[act],
    );
  });
  await attempt(
    () => stops.read(),
    () => '',
  );
}
