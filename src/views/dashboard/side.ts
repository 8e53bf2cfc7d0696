import { sentence } from '../../store/isolated.ts';
import { el, setAttribute, setShown, setText, setVariable } from '../dom.ts';
import { keyed } from '../keyed.ts';
import { statusMark } from '../status-mark.ts';
import type { GateLine } from './gates.ts';
import type { DashboardModel, FeedLine, PhaseLine } from './model.ts';
import { ragMark } from './rag.ts';

/** Round the list: the next decisions and how far each phase is (`ahead`), and who did what (`behind`). */
export function sideCards(whyNot: () => string | null) {
  const gates = el('ul', { class: 'mp-gates' });
  const phases = el('ul', { class: 'mp-phases' });
  const feed = el('ul', { class: 'mp-feed' });
  const updateGates = keyed<GateLine>(gates, ({ id }) => id, mountGate(whyNot));
  const updatePhases = keyed<PhaseLine>(phases, ({ id }) => id, mountPhase);
  const updateFeed = keyed<FeedLine>(feed, ({ id }) => id, mountEvent);
  const gateCard = card('Next gates', gates, 'No gate is left to decide.');
  const phaseCard = card('Phases', phases, 'No chapter is scheduled yet.');
  const feedCard = card('Latest changes', feed, 'No change is known here yet.');
  return {
    ahead: [gateCard.element, phaseCard.element] as const,
    behind: feedCard.element,
    update(model: DashboardModel) {
      updateGates(model.gates);
      updatePhases(model.phases);
      updateFeed(model.feed);
      gateCard.update(model.gates.length);
      phaseCard.update(model.phases.length);
      for (const { element } of [gateCard, phaseCard]) setAttribute(element, 'data-idle', model.iteration === null);
      feedCard.update(model.feed.length);
    },
  };
}

function card(title: string, list: HTMLElement, emptyText: string) {
  const empty = el('p', { class: 'mp-help-text' }, emptyText);
  const element = el('section', { class: 'mp-card' }, el('h2', { class: 'mp-card-title' }, title), list, empty);
  return {
    element,
    update(count: number) {
      setShown(empty, count === 0);
      setShown(list, count !== 0);
    },
  };
}

function mountGate(whyNot: () => string | null) {
  return ({ id, isGate }: GateLine) => {
    const mark = statusMark();
    const title = el('strong');
    const at = el('span');
    const forecast = el('span', { class: 'mp-lateness', 'data-tone': 'late' });
    const countdown = el('span', { class: 'mp-countdown' });
    const facts = el('p', { class: 'mp-gate-facts' });
    const decide = el(
      'button',
      { type: 'button', class: 'mp-button', 'data-size': 'small', 'data-do': 'decide', 'aria-haspopup': 'menu' },
      'Decide…',
    );
    const element = el(
      'li',
      { class: 'mp-gate-line', 'data-id': id },
      el('div', {}, title, el('p', {}, mark.element, at, forecast), facts),
      el('div', { class: 'mp-gate-end' }, countdown, decide),
    );
    return {
      element,
      update(gate: GateLine) {
        mark.update(gate.status);
        setText(title, gate.title);
        setText(at, gate.at);
        setText(forecast, gate.forecast);
        setText(countdown, gate.countdown);
        setAttribute(countdown, 'data-status', gate.status);
        setText(facts, gate.facts);
        setAttribute(decide, 'aria-label', sentence`Decide ${gate.title}`);
        setShown(decide, isGate && whyNot() === null);
      },
    };
  };
}

function mountPhase() {
  const name = el('strong');
  const words = el('span', { class: 'mp-help-text' });
  const mark = ragMark();
  const forecast = el('p', { class: 'mp-help-text' });
  const bar = el('div', { class: 'mp-progress', role: 'img' });
  const updateParts = keyed<PhaseLine['parts'][number]>(
    bar,
    ({ status }) => status,
    ({ status }) => {
      const element = el('span', { 'data-status': status });
      return { element, update: ({ part }) => setVariable(element, '--part', part) };
    },
  );
  const element = el('li', { class: 'mp-phase-line' }, el('p', {}, name, words), bar, mark.element, forecast);
  return {
    element,
    update(phase: PhaseLine) {
      setText(name, phase.name);
      setText(words, phase.words);
      mark.update(phase.rag, phase.reason);
      setText(forecast, phase.forecast);
      setAttribute(bar, 'aria-label', sentence`${phase.name}: ${phase.words} done`);
      updateParts(phase.parts);
    },
  };
}

function mountEvent() {
  const who = el('strong');
  const what = el('span');
  const when = el('span', { class: 'mp-help-text' });
  const element = el('li', { class: 'mp-feed-line' }, el('p', {}, who, ' ', what), when);
  return {
    element,
    update(event: FeedLine) {
      setText(who, event.who);
      setText(what, event.what);
      setText(when, event.when);
    },
  };
}
