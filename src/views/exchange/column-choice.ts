/** What each column of a table means: found by its header, changed by the person. */
import type { Mapping, ReadHeader } from '../../store/exchange/column-mapping.ts';
import { TABLE_COLUMNS, type TableField } from '../../store/exchange/table-columns.ts';
import { el } from '../dom.ts';

/** Selects carry `data-column`; `mapping()` reads them. A field that is chosen twice leaves the earlier column. */
export function columnChoice({ names, mapping, body }: ReadHeader, onChange: (mapping: Mapping) => void): HTMLElement {
  const selects = names.map((name, at) => {
    const sample = body.map(({ cells }) => cells[at]?.trim() ?? '').find((text) => text !== '') ?? '';
    const select = el(
      'select',
      { class: 'mp-input' },
      el('option', { value: '' }, 'Not used'),
      ...TABLE_COLUMNS.map(({ field, title }) => el('option', { value: field }, title)),
    );
    select.value = mapping[at] ?? '';
    const short = sample.length > 40 ? `${sample.slice(0, 40)}…` : sample;
    const label = el(
      'label',
      { class: 'mp-exchange-column' },
      el('span', { class: 'mp-label' }, name),
      select,
      el('span', { class: 'mp-help-text' }, short === '' ? 'empty' : short),
    );
    return { label, select };
  });
  const element = el(
    'details',
    { class: 'mp-exchange-columns' },
    el('summary', {}, 'Columns'),
    el('div', {}, ...selects.map(({ label }) => label)),
  );
  // Nobody should have to find out why a table means nothing.
  element.open = mapping.filter((field) => field !== null).length < 2;
  element.addEventListener('change', (event) => {
    for (const { select } of selects) {
      const chosen = event.target as HTMLSelectElement;
      if (select !== chosen && select.value === chosen.value) select.value = '';
    }
    onChange(selects.map(({ select }) => (select.value === '' ? null : (select.value as TableField))));
  });
  return element;
}
