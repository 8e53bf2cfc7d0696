/**
 * A plan's file laid over a plan: a row is found by its id, else by its code or by what it links, and only what differs
 * becomes an op. Into an empty plan it gives the same rows under the same ids. Nothing is removed, and who may do what is
 * not touched. Pure.
 */
import { whyNotPlan, whyNotReport } from '../abilities.ts';
import type { Op } from '../edit.ts';
import { sameValue } from '../merge.ts';
import { setFields } from '../ops.ts';
import type { ChapterSchedule, Fields, Iteration, Row, Value } from '../rows.ts';
import { scheduleId } from '../rows.ts';
import { PLANNING_UNITS, TABLES, type TableName, unitOf } from '../schema.ts';
import { uniqueField } from '../step-rules.ts';
import { checkFields, unknownField, withDefaults } from '../values.ts';
import type { PlanView } from '../view.ts';
import { describeRow, fieldWords, NOUNS } from '../words.ts';
import { type ImportChange, type ImportLine, type ImportPlan, type ImportVerdict, obstacleOf } from './import-plan.ts';
import { linkGraph } from './link-graph.ts';
import { PLAN_TABLES, type PlanTable } from './plan-file.ts';
import type { FileRow, PlanFile } from './read-plan-file.ts';
import { scheduleFault } from './schedule-fault.ts';

export function mergePlanFile(file: PlanFile, view: PlanView): ImportPlan {
  const merge = mergeOf(view);
  const isSamePlan = file.planId === view.planId;
  const tables = PLAN_TABLES.filter((table) => table !== 'plans' || isSamePlan);
  const lines = tables.flatMap((table) => file.tables[table].map((row) => merge.line(table, row)));
  const ops = [...merge.ops, ...merge.lastOps];
  const [plan] = file.tables.plans;
  const ours = view.rows.plans.get(view.planId);
  const remarks = [...file.remarks];
  if (!isSamePlan) {
    remarks.push(
      `The file is of another plan${plan ? `, ${plan.fields.code}` : ''}: code, name, zone and state of ${ours?.code ?? 'this one'} stay.`,
    );
  }
  return { noun: 'row', lines, ops, remarks, obstacle: obstacleOf(ops) };
}

/** The state of one merge: which row of the plan each row of the file is, and what was added before. */
function mergeOf(view: PlanView) {
  const rows = view.rows as unknown as { readonly [T in TableName]: ReadonlyMap<string, Row> };
  const ids = new Map<string, string>();
  const added = new Map<string, Row>();
  const keys = new Map<string, string>();
  const ops: Op[] = [];
  const lastOps: Op[] = [];
  const graph = linkGraph(view);
  for (const table of PLAN_TABLES) for (const row of rows[table].values()) keys.set(keyOf(table, row), row.id);
  const find = (table: TableName, id: string) => rows[table].get(id) ?? added.get(`${table}/${id}`);

  function line(table: PlanTable, { line: at, id, fields }: FileRow): ImportLine {
    const problems: string[] = [];
    const changes: ImportChange[] = [];
    const verdict = mergeRow(table, { id, fields }, { changes, problems });
    const shown = find(table, ids.get(`${table}/${id}`) ?? '') ?? fields;
    const title = describeRow(find, table, { ...shown, ...pointing(table, fields) });
    return {
      line: at,
      code: String(fields.code ?? NOUNS[table]),
      title: String(fields.title ?? fields.name ?? title),
      verdict,
      changes,
      problems,
    };
  }

  /** Names in a sentence come from the plan's rows. */
  function pointing(table: PlanTable, fields: Fields): Fields {
    const mapped = referencesOf(table).map(({ field, to }) => [field, ids.get(`${to}/${fields[field]}`) ?? null]);
    return Object.fromEntries(mapped);
  }

  function mergeRow(table: PlanTable, { id, fields }: Pick<FileRow, 'id' | 'fields'>, told: Told): ImportVerdict {
    const known = knownFields(table, fields, told);
    const problem = checkFields(table, withDefaults(table, known));
    if (problem) return rejected(told, problem.message);
    const row: { [field: string]: Value } = { ...withDefaults(table, known) };
    for (const { field, to } of referencesOf(table)) {
      if (row[field] === null) continue;
      const target = ids.get(`${to}/${row[field]}`);
      if (target === undefined) return rejected(told, `The ${fieldWords(field)} that it belongs to is not here.`);
      row[field] = target;
    }
    const stands = standing(table, id, row);
    // A file that is older than a field says nothing of it.
    for (const field of stands ? Object.keys(TABLES[table]) : []) {
      if (!Object.hasOwn(known, field)) row[field] = stands?.[field] ?? null;
    }
    const target = stands?.id ?? newIdOf(table, id, row);
    const verdict = stands ? change(table, stands, row, told) : add(table, target, row, told);
    if (verdict !== 'rejected' || stands) ids.set(`${table}/${id}`, target);
    return verdict;
  }

  /** The row of the plan that this one is. */
  function standing(table: PlanTable, id: string, row: Fields): Row | undefined {
    if (table === 'chapter_schedules') return find(table, newIdOf(table, id, row));
    return find(table, id) ?? find(table, keys.get(keyOf(table, row)) ?? '');
  }

  function add(table: PlanTable, id: string, row: Fields, told: Told): ImportVerdict {
    if (view.role !== 'lead' && table !== 'chapter_schedules')
      return rejected(told, `Only a lead adds a ${NOUNS[table]}.`);
    const reason = rowProblem(table, row, null) ?? (table === 'chapter_schedules' ? whyNotAdd(row) : null);
    if (reason !== null) return rejected(told, reason);
    // A finished iteration takes no schedules, so it is finished once they are there.
    const isLater = table === 'iterations' && row.state !== 'planned';
    ops.push({ op: 'insert', table, id, row: isLater ? { ...row, state: 'planned' } : row });
    if (isLater) lastOps.push({ op: 'set', table, id, base: { state: 'planned' }, set: { state: row.state ?? null } });
    keys.set(keyOf(table, row), id);
    added.set(`${table}/${id}`, { id, rev: 0, ...row } as Row);
    if (table === 'dependencies') graph.add(String(row.predecessor_id), String(row.successor_id));
    told.changes.push({
      what: NOUNS[table],
      from: '',
      to: String(row.title ?? row.name ?? describeRow(find, table, row)),
    });
    return 'added';
  }

  function change(table: PlanTable, stands: Row, row: Fields, told: Told): ImportVerdict {
    const differing = Object.keys(TABLES[table]).filter(
      (field) => !sameValue(stands[field] ?? null, row[field] ?? null),
    );
    const changed = differing.filter((field) => !TABLES[table][field]?.fixed);
    const fixed = differing.filter((field) => TABLES[table][field]?.fixed && field !== 'taken_at');
    if (fixed.length > 0) told.problems.push(`It stays as it was made: ${fixed.map(fieldWords).join(', ')}.`);
    const allowed = changed.filter((field) => {
      const reason = whyNotChange(table, stands, field);
      if (reason !== null && !told.problems.includes(reason)) told.problems.push(reason);
      return reason === null;
    });
    if (allowed.length === 0) return told.problems.length > 0 ? 'rejected' : 'unchanged';
    const set = Object.fromEntries(allowed.map((field): [string, Value] => [field, row[field] ?? null]));
    const reason = rowProblem(table, { ...stands, ...set }, stands);
    if (reason !== null) return rejected(told, reason);
    // States come last: what they close must be as the file has it by then.
    const isLate = table === 'plans' || (table === 'iterations' && 'state' in set);
    (isLate ? lastOps : ops).push(setFields(table, stands as never, set as never));
    if (uniqueField(table)) keys.set(keyOf(table, { ...stands, ...set }), stands.id);
    for (const field of allowed) {
      told.changes.push({ what: fieldWords(field), from: shownValue(stands[field]), to: shownValue(row[field]) });
    }
    return 'changed';
  }

  function whyNotChange(table: PlanTable, stands: Row, field: string): string | null {
    if (table !== 'chapter_schedules') {
      return view.role === 'lead' ? null : `Only a lead changes a ${NOUNS[table]}.`;
    }
    const iteration = rows.iterations.get(String(stands.iteration_id)) as Iteration | undefined;
    if (!iteration) return null;
    return PLANNING_UNITS.includes(unitOf(table, field)) ? whyNotPlan(view, iteration) : whyNotReport(view, iteration);
  }

  function whyNotAdd(row: Fields): string | null {
    const iteration = rows.iterations.get(String(row.iteration_id)) as Iteration | undefined;
    return iteration ? whyNotPlan(view, iteration) : null;
  }

  /** Rules that the server would refuse the whole edit for. */
  function rowProblem(table: PlanTable, row: Fields, stands: Row | null): string | null {
    const unique = uniqueField(table);
    const holder = unique === null ? undefined : keys.get(keyOf(table, row));
    if (holder !== undefined && holder !== stands?.id) return `Another ${NOUNS[table]} has the code ${row.code}.`;
    if ((table === 'iterations' || table === 'no_start_windows') && Number(row.window_end) < Number(row.window_start))
      return 'Its window ends before it starts.';
    if (table === 'chapter_schedules') {
      const fault = scheduleFault(row as unknown as ChapterSchedule, stands as ChapterSchedule | null);
      return fault && `${fault.words}.`;
    }
    if (table !== 'dependencies' || stands !== null) return null;
    if (row.predecessor_id === row.successor_id) return 'A chapter cannot wait for itself.';
    const isCycle = graph.leadsTo(String(row.successor_id), String(row.predecessor_id));
    return isCycle ? 'The two would wait for each other.' : null;
  }

  return { line, ops, lastOps };
}

interface Told {
  readonly changes: ImportChange[];
  readonly problems: string[];
}

function rejected({ problems }: Told, reason: string): ImportVerdict {
  problems.push(reason);
  return 'rejected';
}

/** A newer Macroplan may know more about a row: what is not known here is told. */
function knownFields(table: PlanTable, fields: Fields, { problems }: Told): Fields {
  const known = Object.fromEntries(Object.entries(fields).filter(([field]) => Object.hasOwn(TABLES[table], field)));
  const unknown = unknownField(table, fields);
  if (unknown) problems.push(`${unknown.message} It is left out.`);
  return known;
}

function referencesOf(table: PlanTable) {
  return Object.entries(TABLES[table]).flatMap(([field, { type, table: to }]) =>
    type === 'reference' && to !== undefined ? [{ field, to }] : [],
  );
}

function newIdOf(table: PlanTable, id: string, row: Fields): string {
  return table === 'chapter_schedules' ? scheduleId(String(row.iteration_id), String(row.chapter_id)) : id;
}

/** What makes two rows of different ids the same thing. */
function keyOf(table: PlanTable, row: Fields | Row): string {
  const fields = row as Fields;
  switch (table) {
    case 'dependencies':
      return `${table}/${fields.predecessor_id}/${fields.successor_id}/${fields.kind}`;
    case 'chapter_schedules':
      return `${table}/${fields.iteration_id}/${fields.chapter_id}`;
    case 'baselines':
      return `${table}/${fields.iteration_id}/${fields.name}`;
    case 'no_start_windows':
      return `${table}/${fields.name}/${fields.window_start}`;
    default:
      return `${table}/${fields.code}`;
  }
}

function shownValue(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? '…' : String(value).replaceAll('_', ' ');
}
