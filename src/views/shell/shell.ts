/** What surrounds every view: whose plan, how fresh, what is safe, what needs the reader. */

import type { PlanView, SyncState } from '../../store/view.ts';
import { counted } from '../../store/words.ts';
import { askForCommands, type CommandGroup, type Offer } from '../command-group.ts';
import type { ShellOptions, Unmount } from '../deps.ts';
import { asked, el, everySecond, frame, setAttribute, setShown, setText } from '../dom.ts';
import { door } from '../door.ts';
import { isTyping, listenForKeys, markLetterKeys, type Pressed } from '../keys.ts';
import { letterKeysOf } from '../letter-keys.ts';
import type { openMenu } from '../menu.ts';
import { type Saying, warn } from '../say.ts';
import { serverNow } from '../server-now.ts';
import { submit } from '../submit.ts';
import { areOthersTold, tellOthers } from '../told-aloud.ts';
import { wantDraft } from '../wanted-draft.ts';
import { header } from './header.ts';
import { liveRegions } from './live-regions.ts';
import { shellModel } from './model.ts';
import { ALL_REFUSED, CLOCK, DAMAGED, DRAFTS, MERGED, noticeList, RESTORED, waitingText } from './notices.ts';
import { followRenamedIteration } from './renamed-iteration.ts';
import type { ChipModel } from './status-chip.ts';
import { tabBar } from './tabs.ts';
import type { ToldDrafts } from './told-drafts.ts';
import type { WaitingDraft } from './waiting-drafts.ts';

export function mountShell(root: HTMLElement, options: ShellOptions): Unmount {
  const { deps, tabs, plan, plans, devUsers, offlineHref } = options;
  const isPage = 'standalone' in root.dataset;
  const bar = tabBar(tabs, deps, () => void tellLate());
  const head = header({ isPage, canSwitchPlan: plans.length > 1, canSwitchUser: devUsers.length > 0, tabs: bar.list });
  const banner = el('div', { class: 'mp-banner', hidden: true });
  const bannerText = el('span');
  banner.append(bannerText, el('button', { type: 'button', class: 'mp-button', 'data-do': 'retry' }, 'Retry now'));
  const notices = noticeList();
  const regions = liveRegions();
  const isWall = deps.place.get('wall') !== null;
  const shell = el(isPage ? 'main' : 'section', {
    class: 'mp-root',
    'aria-label': 'Macroplan',
    'data-page': isPage,
    'data-wall': isWall,
  });
  shell.append(head.element, banner, notices.element, bar.panel, ...regions.elements);
  root.replaceChildren(shell);
  const overlays = door(shell, 'What opens over the page', async () => ({
    ...(await import('./chip-popup.ts')),
    ...(await import('../menu.ts')),
    ...(await import('./help.ts')),
    ...(await import('./told-drafts.ts')),
    ...(await import('./restored-words.ts')),
    ...(await import('./clock-words.ts')),
  }));

  const palette = door(shell, 'Commands', () => import('./palette.ts'));

  /** Null until they are here, and on a wall, where nobody could put a line away. */
  let drafts: ToldDrafts | null = null;
  let restoredWords: ((view: PlanView, now: number) => string | null) | null = null;
  let clockWords: ((sync: SyncState) => string | null) | null = null;
  let isRestoredSaid = false;
  let isClockSeen = false;

  /** With what the first sight does without; once, and by then the view has opened what opens by itself. */
  async function tellLate(): Promise<void> {
    const module = await overlays.arrive();
    void palette.arrive();
    if (isWall || module === null) return;
    ({ restoredWords, clockWords } = module);
    drafts = module.toldDrafts(deps, () => {
      const waiting = drafts?.now() ?? [];
      if (waiting.length > 0) regions.say({ text: waitingText(waiting), urgency: 'status' });
      next.ask();
    });
    next.ask();
  }

  function restoredNow(view: PlanView): string | null {
    const text = view.restored && restoredWords ? restoredWords(view, serverNow(deps)) : null;
    if (text !== null && !isRestoredSaid) regions.say({ text, urgency: 'alert' });
    isRestoredSaid = text !== null;
    return text;
  }

  let said = deps.store.syncState().condition;
  const modelNow = () => shellModel(deps, { known: plan, notKept: notices.notKept().length });
  let needed = modelNow().chip.needed;
  function update(): void {
    const model = modelNow();
    const view = deps.store.view();
    head.update(model);
    setAttribute(shell, 'data-age', model.freshness.age);
    markLetterKeys(shell, letterKeysOf(view));
    setShown(banner, model.freshness.banner !== null);
    setText(bannerText, model.freshness.banner ?? '');
    const clock = isClockSeen ? null : (clockWords?.(deps.store.syncState()) ?? null);
    notices.update(view, { drafts: drafts?.now() ?? [], restored: restoredNow(view), clock });
    bar.update(view, deps.store.syncState());
    if (isPage) document.title = `${model.planCode} · ${model.planName}`;
    sayCondition(model.chip);
    sayNeeded(model.chip);
  }

  /** Spoken when the condition changes, not at every second that it lasts. */
  function sayCondition(chip: ChipModel): void {
    const { condition } = deps.store.syncState();
    if (condition === said) return;
    const isBack = condition === 'online';
    if (said !== 'starting' || !isBack) {
      regions.say({ text: isBack ? 'Back online.' : chip.meaning, urgency: isBack ? 'status' : 'alert' });
    }
    said = condition;
  }

  /** A new conflict or refusal is said once, when it comes. */
  function sayNeeded(chip: ChipModel): void {
    if (chip.needed > needed) regions.say({ text: `${chip.words}.`, urgency: 'alert' });
    needed = chip.needed;
  }

  const acts: { readonly [name: string]: (target: HTMLElement) => void } = {
    'open-chip': (target) => void overlays.enter(({ openChip }) => openChip(target, modelNow().chip, offlineHref)),
    retry: () => deps.store.requestSync(),
    'sign-in': () => window.open(options.signInHref ?? location.href, '_blank', 'noopener'),
    reload: () => options.reload(),
    download: () => void downloadPending(),
    conflicts: () => bar.open('conflicts'),
    dismiss: (target) => dismiss(target.dataset.id ?? ''),
    again: (target) => void tryAgain(target.dataset.id ?? ''),
    'switch-user': (target) => menu(target, 'Work as', userItems()),
    'switch-plan': (target) => menu(target, 'Plans', planItems()),
    undo: () => void takeBack('undo'),
    'undo-merged': () => void undoMerged(),
    'open-draft': (target) => ofDrafts(target, 'Open a draft', openDraft),
    'drop-draft': (target) => ofDrafts(target, 'Drop a draft', dropDraft),
    redo: () => void takeBack('redo'),
    more: (target) => menu(target, 'More', moreItems()),
  };

  function menu(...[anchor, label, items]: Parameters<typeof openMenu>): void {
    void overlays.enter((module) => module.openMenu(anchor, label, items));
  }

  /** Of several the reader says which. */
  function ofDrafts(target: HTMLElement, label: string, act: (draft: WaitingDraft) => void): void {
    const waiting = drafts?.now() ?? [];
    const [only] = waiting;
    const items = waiting.map((draft) => ({ label: draft.words, act: () => act(draft) }));
    if (only && waiting.length === 1) act(only);
    else menu(target, label, items);
  }

  function openDraft(draft: WaitingDraft): void {
    const { name, tab, iteration } = draft;
    drafts?.seenOff(draft);
    if (iteration !== null) deps.place.set('iteration', iteration);
    // A view that stands already is told; one that is opened by this looks by itself.
    const isHere = (deps.place.get('tab') ?? tabs[0]?.name) === tab;
    if (tab === 'planner') wantDraft(name, isHere ? bar.panel.firstElementChild : null);
    bar.open(tab);
    update();
  }

  function dropDraft(draft: WaitingDraft): void {
    drafts?.drop(draft);
    regions.say({ text: `Dropped: ${draft.words}.`, urgency: 'status', isShown: true });
    update();
  }

  const help = () => void overlays.enter(({ openHelp }) => openHelp(shell, deps.store.view()));

  /** Everything that can be done, by name: in the view that is open, and everywhere. */
  function openCommands(): void {
    const view = bar.panel.firstElementChild;
    const ask = (offer: Offer) => view && askForCommands(view, offer);
    void palette.enter(({ openPalette }) => openPalette(shell, { own: ownCommands(), ask }));
  }

  function ownCommands(): readonly CommandGroup[] {
    const { undo, redo } = modelNow();
    const views = tabs.map(({ name, title }) => ({ label: title, act: () => bar.open(name) }));
    const items = [
      {
        label: undo ?? 'Undo',
        whyNot: undo ? null : 'nothing to undo',
        key: 'Ctrl+Z',
        act: () => void takeBack('undo'),
      },
      {
        label: redo ?? 'Redo',
        whyNot: redo ? null : 'nothing to redo',
        key: 'Ctrl+Y',
        act: () => void takeBack('redo'),
      },
      ...deviceItems(),
    ];
    return [
      { title: 'Views', items: views },
      { title: 'Everywhere', items },
      { title: 'Plans', items: plans.length > 1 ? planItems() : [] },
    ];
  }

  function userItems() {
    const { key } = deps.store.view().user;
    return devUsers.map((name) => ({
      label: name,
      isChosen: name === key,
      act: () => options.onSwitchUser(name),
    }));
  }

  function planItems() {
    const { planCode } = modelNow();
    return plans.map(({ code, name, href }) => ({
      label: name,
      hint: code,
      isChosen: code === planCode,
      act: () => location.assign(href),
    }));
  }

  function moreItems() {
    return [{ label: 'Commands…', key: 'Ctrl+K', act: openCommands }, ...deviceItems()];
  }

  function deviceItems() {
    return [
      { label: 'Download my pending edits', act: () => void downloadPending() },
      { label: 'Load pending edits from a file…', act: choosePending },
      ...(offlineHref === null
        ? []
        : [{ label: 'Open the page that works offline', act: () => openOffline(offlineHref) }]),
      muteItem(),
      { label: 'Keys…', key: '?', act: help },
    ];
  }

  /** For whoever listens to the page, and works while others do. */
  function muteItem() {
    const view = deps.store.view();
    const are = areOthersTold(view);
    const label = are ? 'Stop saying aloud what others change' : 'Say aloud what others change';
    const text = `What others change is ${are ? 'no longer' : 'now'} said aloud.`;
    return {
      label,
      act() {
        tellOthers(view, !are);
        regions.say({ text, urgency: 'status', isShown: true });
      },
    };
  }

  function choosePending(): void {
    const input = el('input', { type: 'file', accept: '.json' });
    input.addEventListener('change', () => void loadPending(input.files?.[0]));
    input.click();
  }

  async function loadPending(file: File | undefined): Promise<void> {
    try {
      const count = file === undefined ? 0 : await deps.store.importPending(await file.text());
      const text = `${counted(count, 'edit')} loaded. What was here already is left as it is.`;
      regions.say({ text, urgency: 'status', isShown: true });
    } catch (error) {
      warn(shell, `The file was not loaded. ${(error as Error).message}`);
    }
  }

  async function downloadPending(): Promise<void> {
    const { planCode } = modelNow();
    const day = new Date(deps.clock()).toISOString().slice(0, 10);
    options.download(await deps.store.exportPending(notices.notKept()), `macroplan-${planCode}-pending-${day}.json`);
  }

  async function takeBack(act: 'undo' | 'redo'): Promise<void> {
    try {
      const text = (await deps.store[act]()) ?? `Nothing to ${act}.`;
      regions.say({ text, urgency: 'status', isShown: true });
    } catch (error) {
      warn(shell, (error as Error).message);
    }
  }

  const seenMerged = () => deps.store.dismissMerged(deps.store.view().merged.map(({ editId }) => editId));

  async function undoMerged(): Promise<void> {
    const { undoOf } = deps.store.view();
    await takeBack('undo');
    // What could not go back now is told on.
    if (deps.store.view().undoOf !== undoOf) await forgotten(seenMerged());
  }

  const seenRefused = () => deps.store.dismissRefused(deps.store.view().refused.map(({ edit }) => edit.id));

  function dismiss(id: string): void {
    if (id === MERGED) void forgotten(seenMerged());
    else if (id === ALL_REFUSED) void forgotten(seenRefused());
    else if (id === DRAFTS) drafts?.seenOff();
    else if (id === DAMAGED) void forgotten(deps.store.dismissDamaged());
    else if (id === CLOCK) isClockSeen = true;
    else if (id === RESTORED) void forgotten(deps.store.dismissRestored());
    else if (!notices.dismissWarning(id)) void forgotten(deps.store.dismissRefused([id]));
    next.ask();
  }

  /** A refusal is for good; the same asked anew may be allowed by now, and then the refused one is seen to. */
  async function tryAgain(id: string): Promise<void> {
    const refused = deps.store.view().refused.find(({ edit }) => edit.id === id);
    if (refused === undefined) notices.again(id);
    else if (!triedAgain.has(id)) {
      triedAgain.add(id);
      const { label, ops } = refused.edit;
      if (await submit(shell, deps.store, { label, ops })) await forgotten(deps.store.dismissRefused([id]));
      triedAgain.delete(id);
    }
    next.ask();
  }

  const triedAgain = new Set<string>();

  /** What could not be noted as seen stays in view, with the reason. */
  const forgotten = (seen: Promise<void>) => seen.catch((error: Error) => warn(shell, error.message));

  function onClick(event: Event): void {
    const target = asked(event, shell);
    acts[target?.dataset.do ?? '']?.(target as HTMLElement);
  }
  function onSay(event: Event): void {
    const { detail } = event as CustomEvent<Saying>;
    regions.say(detail);
    if (detail.urgency === 'alert') notices.warn(deps.newId(), detail);
    next.ask();
  }
  function onKey(event: KeyboardEvent, pressed: Pressed): void {
    // Behind an open dialog nothing should change.
    if (isTyping(event.target) || shell.querySelector('dialog[open]')) return;
    const answer = answerTo(pressed);
    if (answer === null) return;
    event.preventDefault();
    answer();
  }
  function answerTo(pressed: Pressed): (() => void) | null {
    if (pressed.key === '?') return help;
    const back = undoKey(pressed);
    if (back !== null) return () => void takeBack(back);
    return withCtrl(pressed) === 'k' ? openCommands : null;
  }

  shell.addEventListener('click', onClick);
  shell.addEventListener('mp-say', onSay);
  shell.addEventListener('mp-open-tab', (event) => bar.open((event as CustomEvent<string>).detail));
  const stopKeys = listenForKeys(shell, onKey);
  const next = frame(update);
  const unsubscribe = deps.store.subscribe(next.ask);
  const stopFollowing = followRenamedIteration(deps.store, deps.place);
  const stopClock = everySecond(update);
  update();
  bar.open(isWall ? 'live' : (deps.place.get('tab') ?? tabs[0]?.name ?? ''));
  return () => {
    bar.unmount();
    unsubscribe();
    stopFollowing();
    stopClock();
    stopKeys();
    next.cancel();
    root.replaceChildren();
  };
}

/** Ctrl+Z, Ctrl+Y, Ctrl+Shift+Z, with Cmd in place of Ctrl on a Mac. */
function undoKey(pressed: Pressed): 'undo' | 'redo' | null {
  const letter = withCtrl(pressed);
  if (letter === 'z') return pressed.shiftKey ? 'redo' : 'undo';
  return letter === 'y' ? 'redo' : null;
}

function withCtrl({ key, ctrlKey, metaKey, altKey }: Pressed): string {
  return (ctrlKey || metaKey) && !altKey ? key.toLowerCase() : '';
}

const openOffline = (href: string) => void window.open(href, '_blank', 'noopener');
