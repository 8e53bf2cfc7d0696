/** The macro-plan as a table to send: seen here as it will arrive, copied, saved or printed, with or without a network. */
import type { Iteration } from '../../store/rows.ts';
import { actButton } from '../act-button.ts';
import { chooseIteration } from '../choose-iteration.ts';
import { copyClip } from '../clipboard.ts';
import type { Unmount, ViewDeps } from '../deps.ts';
import { asked, el, setAttribute, setShown, setText } from '../dom.ts';
import { download } from '../download.ts';
import { draftsOf } from '../drafts.ts';
import { followStore } from '../follow-store.ts';
import { iterationBar } from '../iteration-bar.ts';
import { chosenIteration, iterationsInOrder, noIterationText } from '../iteration-choice.ts';
import { listenForKeys } from '../keys.ts';
import { say, warn } from '../say.ts';
import { serverNow } from '../server-now.ts';
import { submit } from '../submit.ts';
import { openMails } from './mails-dialog.ts';
import { narrowed } from './narrow-preview.ts';
import { printWhole } from './print-whole.ts';
import { openRecipients } from './recipients-dialog.ts';
import { type Mailing, openSendDialog } from './send-dialog.ts';
import { tablePage } from './table.ts';
import { tableItems, type Variant } from './table-items.ts';
import { tableText } from './table-text.ts';
import './share.css';

const VARIANTS: readonly (readonly [Variant, string])[] = [
  ['full', 'Every chapter'],
  ['leadership', 'Gates and phases'],
];

export function mountShare(root: HTMLElement, deps: ViewDeps): Unmount {
  const { store, clock, place, mails } = deps;
  const drafts = draftsOf(deps);
  const iterations = iterationBar();
  const variants = VARIANTS.map(([value, label]) =>
    el('button', { type: 'button', class: 'mp-segment', 'data-do': 'variant', 'data-value': value }, label),
  );
  const since = el('input', {
    class: 'mp-input',
    inputmode: 'numeric',
    size: 6,
    'aria-describedby': 'mp-since',
    'aria-label': 'Mark what changed after revision',
  });
  const hint = el('span', { id: 'mp-since', class: 'mp-help-text' });
  const needing = [
    actButton('copy', 'Copy for Outlook or Confluence', 'primary'),
    actButton('save', 'Save as file', 'outline'),
    actButton('print', 'Print', 'outline'),
  ];
  const mail = actButton('mail', 'Send by mail…', 'outline');
  const sent = actButton('mails', 'Mails…', 'outline');
  const listed = actButton('recipients', 'Who gets mails…', 'outline');
  // No script of what is shown may run: it may be printed and selected, and that is all.
  const preview = el('iframe', {
    class: 'mp-share-preview',
    title: 'The table as it will be sent',
    sandbox: 'allow-same-origin allow-modals',
  });
  const empty = el('p', { class: 'mp-empty', hidden: true });
  const element = el(
    'div',
    { class: 'mp-share' },
    el(
      'div',
      { class: 'mp-share-bar' },
      iterations.element,
      el('div', { class: 'mp-segments', role: 'group', 'aria-label': 'What the table shows' }, ...variants),
      el('label', { class: 'mp-share-since' }, 'Mark changes after revision', since, hint),
      el('div', { class: 'mp-share-acts' }, ...needing, mail, sent, listed),
    ),
    empty,
    preview,
  );
  root.append(element);
  let shown = '';

  function read() {
    const view = store.view();
    const now = serverNow({ store, clock });
    const iteration = chosenIteration(view, place.get('iteration'), Math.floor(now / 60_000));
    const plan = view.rows.plans.get(view.planId);
    const variant: Variant = place.get('table') === 'leadership' ? 'leadership' : 'full';
    const typed = /^\d{1,15}$/.exec(place.get('since') ?? '')?.[0];
    return { view, now, iteration, plan, variant, since: typed === undefined ? null : Number(typed) };
  }

  /** The page and its plain text; null where there is nothing to show yet. */
  function table(at: number) {
    const { view, iteration, plan, variant, since } = read();
    if (iteration === null || plan === undefined) return null;
    const options = { iterationId: iteration.id, variant, since };
    const html = tablePage(view.rows, {
      ...options,
      purpose: 'page',
      link: location.href,
      by: view.user.name,
      at,
      rev: view.rev,
    });
    const text = tableText(
      plan.time_zone,
      `${plan.name}: ${iteration.code} ${iteration.name}`,
      tableItems(view.rows, options),
    );
    return html === null ? null : { html, text, filename: `${plan.code}-${iteration.code}-r${view.rev}.html` };
  }

  function update(): void {
    const { view, iteration, plan, variant, since: rev, now } = read();
    iterations.update({ iterations: iterationsInOrder(view), iteration, zone: plan?.time_zone ?? 'UTC' });
    for (const each of variants) setAttribute(each, 'aria-pressed', String(each.dataset.value === variant));
    if (document.activeElement !== since) since.value = rev === null ? '' : String(rev);
    setShown(empty, iteration === null);
    setShown(preview, iteration !== null);
    setText(empty, noIterationText(view, place.get('iteration')));
    for (const button of needing) button.disabled = iteration === null;
    setShown(mail, view.role === 'lead' && iteration !== null);
    setShown(sent, view.role === 'lead');
    setShown(listed, view.role === 'lead');
    mail.disabled = iteration?.mail_mode === 'off';
    mail.title = mail.disabled ? `Mail is off for ${iteration?.code}. A lead can switch it on.` : '';
    hint.textContent = `now ${view.rev}`;
    // To the minute, as the table says it: the preview is drawn anew only where it changes.
    const html = table(Math.floor(now / 60_000) * 60_000)?.html ?? '';
    if (html !== shown) preview.srcdoc = narrowed(html);
    shown = html;
  }

  async function act(what: string): Promise<void> {
    const made = table(read().now);
    if (made === null) return;
    if (what === 'save') download(made.html, made.filename, 'text/html');
    else if (what === 'print') preview.contentWindow?.print();
    else if (await copyClip(made)) say(element, 'Copied. Paste it into a mail or a page.');
    else warn(element, 'The browser did not allow copying. Use "Save as file" instead.');
  }

  function send({ id, code }: Iteration, { to, note }: Mailing): void {
    const label = `Mail of ${code} to ${to.length === 1 ? to[0] : `${to.length} people`}`;
    void submit(element, store, { label, ops: [{ op: 'send', iteration_id: id, to, note }] });
  }

  function onClick(event: Event): void {
    const target = asked(event, element);
    const { view, iteration, plan } = read();
    switch (target?.dataset.do) {
      case 'previous':
      case 'following':
      case 'choose-iteration': {
        const choice = { iterations: iterationsInOrder(view), iteration, zone: plan?.time_zone ?? 'UTC' };
        chooseIteration(target, choice, (code) => {
          place.set('iteration', code);
          update();
        });
        break;
      }
      case 'variant':
        place.set('table', target.dataset.value === 'full' ? null : (target.dataset.value ?? null));
        update();
        break;
      case 'mail':
        if (iteration !== null) {
          const onSend = (mailing: Mailing) => send(iteration, mailing);
          openSendDialog(element, { iteration, draft: drafts.ofNew('mail', iteration.id), onSend });
        }
        break;
      case 'mails':
        void openMails(element, plan?.time_zone ?? 'UTC', mails);
        break;
      case 'recipients':
        void openRecipients(element, {
          recipients: deps.recipients,
          teams: () => store.view().rows.teams,
          zone: plan?.time_zone ?? 'UTC',
          newId: deps.newId,
          drafts,
        });
        break;
      case 'copy':
      case 'save':
      case 'print':
        void act(target.dataset.do);
        break;
      default:
    }
  }

  /** What the browser would print is this page around a frame that is cut off; what is meant is the table. */
  function onKey(event: KeyboardEvent): void {
    const isPrint =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'p';
    if (!isPrint || !element.checkVisibility()) return;
    event.preventDefault();
    void act('print');
  }

  element.addEventListener('click', onClick);
  const stopPrinting = printWhole(element, () => table(read().now)?.html ?? null);
  const stopKeys = listenForKeys(element, onKey);
  since.addEventListener('input', () => {
    place.set('since', since.value.trim() || null);
    update();
  });
  const unfollow = followStore(store, update);
  return () => {
    unfollow();
    stopKeys();
    stopPrinting();
    element.remove();
  };
}
