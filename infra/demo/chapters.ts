/**
 * The 53 chapters of the demo plan, in order. Minutes are the planners' last estimate; `after` lists predecessors as a
 * planner writes them: `CB` (finish to start), `CB FS+30`, `GE SS+60`, `CD FF+30`.
 */
import type { PhaseLetter, SiteCode, TeamCode } from './cast.ts';

export interface ChapterTemplate {
  readonly code: string;
  readonly kind: 'work' | 'milestone' | 'gate' | 'buffer';
  readonly title: string;
  readonly team: TeamCode;
  readonly site: SiteCode;
  readonly minutes: number;
  readonly after: readonly string[];
  /** Not before this many minutes after its day of the phase begins, local time. */
  readonly notBefore: number;
  /** Which day of the phase, where the iteration has whole days for it; else the first. */
  readonly day: number;
  readonly success_criterion: string;
  readonly rollback_action: string;
}

export function phaseOf(code: string): PhaseLetter {
  const letter = code.charAt(0);
  if (letter === 'A' || letter === 'C' || letter === 'E' || letter === 'G' || letter === 'I') return letter;
  throw new Error(`no phase has chapters like ${code}`);
}

type Head = readonly [code: string, minutes: number, team: TeamCode, title: string, after?: string];
type More = Partial<Omit<ChapterTemplate, 'code' | 'minutes' | 'team' | 'title' | 'after'>>;

function chapter([code, minutes, team, title, after = '']: Head, more: More = {}): ChapterTemplate {
  return {
    code,
    kind: 'work',
    title,
    team,
    site: team === 'SEC' || team === 'PAY' ? 'LON' : 'ZRH',
    minutes,
    after: after.split(', ').filter((entry) => entry !== ''),
    notBefore: 0,
    day: 0,
    success_criterion: '',
    rollback_action: '',
    ...more,
  };
}

export const CHAPTERS: readonly ChapterTemplate[] = [
  chapter(['AA', 60, 'CMO', 'Freeze changes on every application in scope'], {
    success_criterion: 'No open change request without the cutover office’s consent.',
  }),
  chapter(['AB', 120, 'NET', 'Open network paths between the two data centres', 'AA'], {
    rollback_action: 'Close the paths again.',
  }),
  chapter(['AC', 300, 'DBA', 'Back up the source systems in full', 'AA'], {
    success_criterion: 'A restore of one system on the test machine starts and answers.',
  }),
  chapter(['AD', 90, 'IAM', 'Grant time-limited rights to the migration crew', 'AA'], {
    rollback_action: 'Withdraw the rights.',
    day: 1,
  }),
  chapter(['AE', 150, 'SVC', 'Switch on migration monitoring and test the alarms', 'AB'], { day: 1 }),
  chapter(['AF', 30, 'CMO', 'G0 Readiness: start weekend 1?', 'AB, AC, AD, AE'], {
    kind: 'gate',
    notBefore: 480,
    day: 2,
    success_criterion: 'All teams report ready; backups verified; crew lists complete.',
    rollback_action: 'Lift the freeze and agree a new date.',
  }),

  chapter(['CA', 30, 'COM', 'Announce the start of weekend 1', 'AF']),
  chapter(['CB', 60, 'CHN', 'Stop incoming interfaces of partners and branches', 'CA'], {
    rollback_action: 'Start the interfaces again.',
  }),
  chapter(['CC', 360, 'ETL', 'Extract client master data', 'CB']),
  chapter(['CD', 480, 'COR', 'Extract accounts and product catalogue', 'CB']),
  chapter(['CE', 300, 'SEC', 'Extract instruments and price sources', 'CB']),
  chapter(['CF', 420, 'NET', 'Ship extracts to the target data centre', 'CC SS+60, CD FF+30']),
  chapter(['CG', 660, 'DBA', 'Load client master data', 'CC, CF'], {
    success_criterion: 'Rejected records below 0.1 %.',
    rollback_action: 'Empty the client tables of the target.',
  }),
  chapter(['CH', 780, 'COR', 'Load accounts and product catalogue', 'CD, CF'], {
    rollback_action: 'Empty the account tables of the target.',
  }),
  chapter(['CI', 480, 'SEC', 'Load instruments and price sources', 'CE, CF']),
  chapter(['CJ', 540, 'RSK', 'Screen clients against sanction and tax lists', 'CG']),
  chapter(['CK', 420, 'FIN', 'Reconcile client and account counts', 'CG, CH'], {
    success_criterion: 'Counts agree to the last record; differences explained in writing.',
  }),
  chapter(['CL', 480, 'ETL', 'Repair rejected records', 'CG SS+240, CG FF+60']),
  chapter(['CM', 45, 'CMO', 'G1 Data quality: accept the static data?', 'CI, CJ, CK, CL'], {
    kind: 'gate',
    notBefore: 2160,
    success_criterion: 'Reconciliation signed by financial control and risk.',
    rollback_action: 'Empty the target and repeat weekend 1 on the reserve date.',
  }),
  chapter(['CN', 240, 'CMO', 'Reserve of weekend 1', 'CM'], { kind: 'buffer' }),
  chapter(['CO', 0, 'CMO', 'Weekend 1 complete, interfaces open', 'CN'], { kind: 'milestone' }),

  chapter(['EA', 480, 'SVC', 'Watch both systems through the first day', 'CO']),
  chapter(['EB', 360, 'COR', 'Correct defects found in weekend 1', 'CO']),
  chapter(['EC', 300, 'BIZ', 'Train branch staff on the new front end', 'CO'], { day: 1 }),
  chapter(['ED', 240, 'ETL', 'Carry interim changes over to the target', 'EB SS+90'], { day: 2 }),
  chapter(['EE', 120, 'FIN', 'Reconcile the interim changes', 'ED'], { day: 2 }),
  chapter(['EF', 45, 'CMO', 'G2 Readiness: start weekend 2?', 'EA, EB, EC, EE'], {
    kind: 'gate',
    notBefore: 540,
    day: 3,
    success_criterion: 'No open defect of the two highest classes.',
    rollback_action: 'Stay on the source; weekend 2 moves to the reserve date.',
  }),

  chapter(['GA', 30, 'COM', 'Announce the outage to clients and partners', 'EF']),
  chapter(['GB', 60, 'CHN', 'Close online and mobile banking', 'GA'], { rollback_action: 'Open the channels again.' }),
  chapter(['GC', 90, 'PAY', 'Put card authorisation into stand-in mode', 'GA'], {
    rollback_action: 'End stand-in mode.',
  }),
  chapter(['GD', 240, 'COR', 'Run the last end-of-day on the source', 'GB'], {
    success_criterion: 'All batches green, ledger balanced.',
  }),
  chapter(['GE', 360, 'ETL', 'Extract positions and deposits', 'GD']),
  chapter(['GF', 330, 'PAY', 'Extract payments in flight', 'GC, GD']),
  chapter(['GG', 360, 'SEC', 'Extract securities holdings and open orders', 'GD']),
  chapter(['GH', 330, 'NET', 'Ship extracts to the target data centre', 'GE SS+60, GG SS+90']),
  chapter(['GI', 900, 'DBA', 'Load positions and deposits', 'GE, GH'], {
    success_criterion: 'Rejected records below 0.01 %.',
    rollback_action: 'Restore the target from its state after weekend 1.',
  }),
  chapter(['GJ', 480, 'PAY', 'Load payments and standing orders', 'GF, GH'], {
    rollback_action: 'Restore the target from its state after weekend 1.',
  }),
  chapter(['GK', 1020, 'SEC', 'Rebuild securities accounts and open orders', 'GG, GH']),
  chapter(['GL', 720, 'COR', 'Load loans and mortgages', 'GH']),
  chapter(['GM', 840, 'IAM', 'Move digital users and their credentials', 'GB FS+480'], {
    success_criterion: 'A sample of 200 users can log in on the target.',
  }),
  chapter(['GN', 420, 'FIN', 'Reconcile positions, balances and accruals', 'GI, GL'], {
    success_criterion: 'Every balance agrees to the cent.',
  }),
  chapter(['GO', 600, 'RSK', 'Check limits, collateral and tax marks', 'GI SS+480, GL']),
  chapter(['GP', 45, 'CMO', 'G3 Data quality: accept positions and contracts?', 'GJ, GK, GM, GN, GO'], {
    kind: 'gate',
    success_criterion: 'Reconciliation signed by financial control, risk and securities operations.',
    rollback_action: 'Return to the source: open channels there by Sunday 18:00.',
  }),
  chapter(['GQ', 180, 'CMO', 'Reserve of weekend 2', 'GP'], { kind: 'buffer' }),
  chapter(['GR', 150, 'NET', 'Switch payment, card and securities routes', 'GQ'], {
    rollback_action: 'Switch the routes back (60 minutes).',
  }),
  chapter(['GS', 240, 'BIZ', 'Smoke tests and business checks', 'GR'], {
    success_criterion: 'All 120 business cases pass or have an accepted workaround.',
  }),
  chapter(['GT', 60, 'CMO', 'G4 Point of no return: open to clients?', 'GS'], {
    kind: 'gate',
    success_criterion: 'Business, operations and IT each say go.',
    rollback_action: 'Last moment to return to the source.',
  }),
  chapter(['GU', 120, 'CHN', 'Open the channels to all clients', 'GT']),

  chapter(['IA', 480, 'SVC', 'Watch the first business day', 'GU']),
  chapter(['IB', 240, 'FIN', 'Reconcile the first end-of-day', 'IA SS+240'], {
    success_criterion: 'Ledger balanced on the target.',
  }),
  chapter(['IC', 540, 'BIZ', 'Answer clients’ questions with extra staff', 'GU']),
  chapter(['ID', 120, 'IAM', 'Withdraw time-limited rights', 'IB'], { day: 2 }),
  chapter(['IE', 0, 'CMO', 'Handover to operations complete', 'IA, IB, IC, ID'], {
    kind: 'milestone',
    notBefore: 600,
    day: 3,
  }),
];
