/** What can be done in the planner, by name: to the row under the cursor or the selected ones, to the plan, and to what is shown. */
import { sentence } from '../../store/isolated.ts';
import { chaptersInOrder, phasesInOrder } from '../../store/plan-order.ts';
import { iterationItems } from '../choose-iteration.ts';
import type { CommandGroup, Offer } from '../command-group.ts';
import type { MenuItem } from '../menu.ts';
import { whatOf } from './acts.ts';
import { ZOOMS } from './axis.ts';
import type { Hold } from './commands.ts';
import { chapterLineOf } from './model.ts';
import type { structure } from './structure.ts';
import { LAYOUT_WORDS, LAYOUTS, ZOOM_WORDS } from './toolbar.ts';

export function offerPlannerCommands(hold: Hold, parts: ReturnType<typeof structure>, offer: Offer): void {
  const { model, shows, table } = hold;
  const rowId = table.cursor()?.rowId;
  if (rowId !== undefined) offer(rowGroup(hold, parts, rowId));
  offer({ title: 'What is shown', items: shown(hold) });
  offer({ title: 'Plan', items: parts.planItems(rowId) });
  offer({ title: 'Iterations', items: iterationItems(model(), shows.showIteration) });
  offer({ title: 'Go to a chapter', isLong: true, items: chapters(hold) });
}

/** The same as its menu, with what is done by keys and in cells. */
function rowGroup(hold: Hold, parts: ReturnType<typeof structure>, rowId: string): CommandGroup {
  const { store, model, edits, selects, acts, linesFor } = hold;
  const line = chapterLineOf(model(), rowId);
  const phase = store.view().rows.phases.get(rowId);
  const items = [...acts.items(rowId), ...parts.rowItems(rowId)];
  if (line === null) return { title: sentence`Phase ${phase?.code} ${phase?.name}`, items };
  const lines = linesFor(rowId);
  const isAlone = lines.length <= 1;
  const name = whatOf(lines);
  const { whyNotPlan: whyNot, whyNotReport } = model();
  const select = { label: sentence`${line.isSelected ? 'Deselect' : 'Select'} ${line.code}`, key: 'Space' };
  const times: readonly MenuItem[] = [
    { label: sentence`Start of ${name}…`, key: 'S', whyNot, act: () => acts.editTimes(rowId, 'start') },
    { label: sentence`End of ${name}…`, key: 'E', whyNot, act: () => acts.editTimes(rowId, 'end') },
    { label: sentence`Duration of ${name}…`, key: 'D', whyNot, act: () => acts.editTimes(rowId, 'duration') },
    { label: sentence`Move ${name}…`, key: 'M', whyNot, act: () => edits.slip(linesFor(rowId)) },
    { label: sentence`Note on ${line.code}…`, whyNot: whyNotReport, act: () => acts.editNote(rowId) },
    { label: sentence`Select all from ${line.code} on`, key: 'H', act: () => selects.fromHereOn(linesFor(rowId)) },
  ];
  const statuses = edits
    .statusesOf(lines, isAlone ? lines[0] : undefined)
    .filter(({ isChosen }) => !isChosen)
    .map((item) => ({
      ...item,
      label: sentence`${name}: ${item.label.toLowerCase()}`,
      whyNot: whyNotReport ?? item.whyNot ?? null,
    }));
  return {
    title: isAlone ? sentence`${line.code} ${line.title}` : `${lines.length} selected chapters`,
    items: [
      ...(lines.length === 0 ? [] : times),
      ...items,
      { ...select, act: () => selects.select(rowId, false) },
      ...(lines.length === 0 ? [] : statuses),
    ],
  };
}

function shown({ element, place, zooms, searchField, selected, model, shows, selects }: Hold): readonly MenuItem[] {
  const layout = place.get('layout') ?? 'both';
  const openFilter = () => element.querySelector<HTMLElement>('[data-do="filter"]')?.click();
  const isFound = place.get('search') !== null;
  return [
    { label: 'Search chapters', key: '/', act: () => searchField.select() },
    { label: 'Filter chapters…', act: openFilter },
    ...(isFound ? [{ label: 'Show all chapters again', act: () => shows.search('') }] : []),
    { label: 'Now', key: 'N', act: shows.showNow },
    { label: selected.ids.size > 0 ? 'Zoom to what is selected' : 'Zoom to all', key: 'F', act: shows.fit },
    { label: 'Zoom in', key: '+', act: () => zooms.by(1.5) },
    { label: 'Zoom out', key: '−', act: () => zooms.by(1 / 1.5) },
    ...Object.keys(ZOOMS).map((zoom) => ({
      label: `Zoom: ${ZOOM_WORDS[zoom as keyof typeof ZOOMS]}`,
      isChosen: zooms.zoom() === zoom,
      act: () => zooms.set(zoom),
    })),
    { label: 'Next finding', key: 'J', act: () => shows.stepFinding(1) },
    { label: 'Previous finding', key: 'K', act: () => shows.stepFinding(-1) },
    { label: 'List of findings', act: shows.toggleFindings },
    {
      label: 'Column with the variance',
      key: 'V',
      isChosen: place.get('variance') !== null,
      act: shows.toggleVariance,
    },
    ...LAYOUTS.map((each) => ({
      label: `Layout: ${LAYOUT_WORDS[each].toLowerCase()}`,
      isChosen: layout === each,
      act: () => shows.layOut(each),
    })),
    ...(model().compared === null ? [] : [{ label: 'Compare no more', act: () => shows.compare(null) }]),
    { label: 'Select all chapters', key: 'Ctrl+A', act: selects.selectAll },
    ...(selected.ids.size > 0 ? [{ label: 'Select none', key: 'Esc', act: selects.clear }] : []),
  ];
}

function chapters({ store, shows }: Hold): readonly MenuItem[] {
  const { rows } = store.view();
  const inOrder = phasesInOrder(rows).flatMap(({ id }) => chaptersInOrder(rows, id));
  return inOrder.map(({ id, code, title, team_id }) => ({
    label: sentence`${code} ${title}`,
    hint: rows.teams.get(team_id ?? '')?.name ?? '',
    act: () => shows.lead(id),
  }));
}
