import { FINDING_WORDS, type Finding, findingText, kindOf } from '../../store/network/findings.ts';
import { el, setAttribute, setShown, setText } from '../dom.ts';
import { keyed } from '../keyed.ts';
import './findings-panel.css';

/** Longer lists help nobody: the first ones are worked off, then the next ones are there. */
const LISTED_MAX = 200;

type Entry = { readonly key: string; readonly heading: string; readonly finding: Finding | null };

/** What deserves a look, kind by kind; each entry leads to its chapter. */
export function findingsPanel() {
  const list = el('div', { class: 'mp-findings-list' });
  const none = el('p', { class: 'mp-help-text' }, 'Nothing to look at: the plan holds.');
  const close = el(
    'button',
    { type: 'button', class: 'mp-icon-button', 'data-do': 'findings', 'aria-label': 'Close the findings' },
    '×',
  );
  const element = el(
    'aside',
    { class: 'mp-findings', 'aria-label': 'Findings', hidden: true },
    el('div', { class: 'mp-findings-head' }, el('h2', {}, 'Findings'), close),
    none,
    list,
  );
  const updateList = keyed<Entry>(list, ({ key }) => key, mountEntry);
  return {
    element,
    update(findings: readonly Finding[], isOpen: boolean, codeOf: (chapterId: string) => string) {
      setShown(element, isOpen);
      if (!isOpen) return;
      setShown(none, findings.length === 0);
      updateList(entries(findings, codeOf));
    },
  };
}

function entries(findings: readonly Finding[], codeOf: (chapterId: string) => string): readonly Entry[] {
  const listed: Entry[] = [];
  const keys = new Set<string>();
  for (const [i, finding] of findings.slice(0, LISTED_MAX).entries()) {
    const [kind, text, before] = [kindOf(finding), findingText(finding), findings[i - 1]];
    const { chapterId } = finding;
    if (before === undefined || kindOf(before) !== kind) {
      const count = findings.filter((each) => kindOf(each) === kind).length;
      listed.push({ key: kind, heading: `${FINDING_WORDS[kind]} · ${count}`, finding: null });
    }
    // Two links between the same chapters, or two windows of one name, may say the same.
    let key = `${kind} ${chapterId} ${text}`;
    while (keys.has(key)) key += ' again';
    keys.add(key);
    listed.push({ key, heading: `${codeOf(chapterId)} ${text}`, finding });
  }
  return listed;
}

function mountEntry({ finding }: Entry) {
  const element =
    finding === null
      ? el('h3')
      : el('button', { type: 'button', class: 'mp-finding-entry', 'data-do': 'finding', 'data-id': finding.chapterId });
  return {
    element,
    update({ heading, finding: next }: Entry) {
      setText(element, heading);
      if (next !== null) setAttribute(element, 'data-kind', kindOf(next));
    },
  };
}
