/**
 * The columns of a table of chapters: what they are called where we write one, and by which other names people call them, in English,
 * German and French (product reference, "Excel clipboard and import"). Adding a column here adds it to export and import.
 */

export type TableField =
  | 'code'
  | 'phase'
  | 'title'
  | 'kind'
  | 'team'
  | 'site'
  | 'date'
  | 'end_date'
  | 'start'
  | 'end'
  | 'duration'
  | 'zone'
  | 'fixed_start'
  | 'must_finish_by'
  | 'predecessors'
  | 'status'
  | 'actual_start'
  | 'actual_end'
  | 'decision'
  | 'success_criterion'
  | 'rollback_action'
  | 'note'
  | 'labels';

export interface TableColumn {
  readonly field: TableField;
  readonly title: string;
  /** Lower case, letters and digits only, one blank between words. */
  readonly synonyms: readonly string[];
  /** Only read: what it says stands in other columns of our own tables. */
  readonly isReadOnly?: true;
}

const column = (field: TableField, title: string, synonyms: string): TableColumn => ({
  field,
  title,
  synonyms: synonyms.split(', '),
});

export const TABLE_COLUMNS: readonly TableColumn[] = [
  column(
    'code',
    'Code',
    'code, id, chapter id, chapter code, task id, step id, no, nr, number, ref, reference, key, wbs, nummer, kennung, numéro, n',
  ),
  column(
    'phase',
    'Phase',
    'phase, macro phase, sequence, stage, workstream, stream, section, phase name, abschnitt, étape',
  ),
  column(
    'title',
    'Chapter',
    'chapter, title, task, task name, name, description, activity, step, chapter title, summary, vorgang, vorgangsname, aufgabe, bezeichnung, titel, tâche, nom de la tâche, nom, activité',
  ),
  column('kind', 'Kind', 'kind, type, chapter kind, art, typ'),
  column(
    'team',
    'Team',
    'team, owner, owner team, responsible, resource, resource names, assigned to, assignee, who, verantwortlich, zuständig, ressource, ressourcennamen, équipe, responsable, noms ressources',
  ),
  column('site', 'Site', 'site, location, place, data centre, data center, standort, ort, lieu'),
  {
    ...column('date', 'Date', 'date, day, planned date, start day, start date, planned start date, datum'),
    isReadOnly: true,
  },
  {
    ...column('end_date', 'End date', 'end date, finish date, end day, planned end date, enddatum, date de fin'),
    isReadOnly: true,
  },
  column(
    'start',
    'Planned start',
    'planned start, start, start time, begin, from, plan start, start date time, planned start time, starts, anfang, beginn, startzeit, début, heure de début',
  ),
  column(
    'end',
    'Planned end',
    'planned end, end, finish, end time, to, until, planned finish, planned end time, finish time, ends, ende, fertigstellung, endzeit, fin, heure de fin',
  ),
  column(
    'duration',
    'Duration',
    'duration, est duration, estimated duration, planned duration, length, time needed, duration min, duration mins, duration minutes, duration h, duration hrs, duration hours, minutes, hours, effort, dauer, durée',
  ),
  column('zone', 'Zone', 'zone, time zone, timezone, tz, zeitzone, fuseau horaire'),
  column('fixed_start', 'Fixed start', 'fixed start, fixed, locked, not before'),
  column(
    'must_finish_by',
    'Must finish by',
    'must finish by, must finish, must end by, deadline, due, due by, due date, due time, finish by, latest finish, latest end, no later than, finish no later than, frist, stichtag, échéance, date limite',
  ),
  column(
    'predecessors',
    'Predecessors',
    'predecessors, predecessor, depends on, dependencies, dependency, after, waits for, requires, vorgänger, abhängig von, prédécesseurs, prédécesseur',
  ),
  column('status', 'Status', 'status, state, progress, stand, statut, état'),
  column('actual_start', 'Actual start', 'actual start, started, started at, real start'),
  column('actual_end', 'Actual end', 'actual end, actual finish, finished, finished at, ended, real end'),
  column('decision', 'Decision', 'decision, go no go, verdict'),
  column(
    'success_criterion',
    'Success criterion',
    'success criterion, success criteria, criterion, criteria, acceptance',
  ),
  column('rollback_action', 'Rollback action', 'rollback action, rollback, fallback, back out, backout'),
  column(
    'note',
    'Note',
    'note, notes, comment, comments, remark, remarks, notiz, notizen, bemerkung, bemerkungen, kommentar, remarque, remarques, commentaire',
  ),
  column('labels', 'Labels', 'labels, label, tags, tag, keywords'),
];
