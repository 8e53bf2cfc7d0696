/** What a person said of the columns of a table, until it is imported or taken away: kept by its header, so that the same table, read once more, has it. */
import type { ReadHeader } from '../../store/exchange/column-mapping.ts';
import type { ImportAnswers } from '../../store/exchange/preview-import.ts';
import { TABLE_COLUMNS, type TableField } from '../../store/exchange/table-columns.ts';
import type { Draft, Drafts } from '../drafts.ts';

/** Of a name in `localStorage`; two tables that are alike so far share it, and what does not fit one of them is not taken. */
const NAME_MAX = 500;

export function answersDraft(drafts: Drafts, { names }: ReadHeader): Draft {
  return drafts.ofNew('columns', names.join('\t').slice(0, NAME_MAX));
}

export function keepAnswers(draft: Draft, { mapping, order }: ImportAnswers): void {
  draft.keep({
    ...(mapping ? { mapping: { text: JSON.stringify(mapping), over: '' } } : {}),
    ...(order ? { order: { text: order, over: '' } } : {}),
  });
}

/** Null where nothing was said of such a table. */
export function keptAnswers(draft: Draft, { names }: ReadHeader): ImportAnswers | null {
  const { mapping, order } = draft.typed() ?? {};
  const fields = mapping === undefined ? null : (JSON.parse(mapping.text) as readonly (TableField | null)[]);
  const isKnown = (field: TableField | null) =>
    field === null || TABLE_COLUMNS.some((column) => column.field === field);
  const fits = fields !== null && fields.length === names.length && fields.every(isKnown);
  const answers: ImportAnswers = {
    ...(fits ? { mapping: fields } : {}),
    ...(order?.text === 'day-first' || order?.text === 'month-first' ? { order: order.text } : {}),
  };
  return Object.keys(answers).length === 0 ? null : answers;
}
