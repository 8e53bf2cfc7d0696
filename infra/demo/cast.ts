/** Phases, teams and sites of the demo plan: an invented bank that moves its core systems over two weekends. */

/** The first letter of a chapter's code names its phase. */
export type PhaseLetter = 'A' | 'C' | 'E' | 'G' | 'I';

export const PHASES: readonly { readonly code: PhaseLetter; readonly name: string }[] = [
  { code: 'A', name: 'Pre-migration' },
  { code: 'C', name: 'Weekend 1: static data' },
  { code: 'E', name: 'Interim week' },
  { code: 'G', name: 'Weekend 2: positions and contracts' },
  { code: 'I', name: 'Post-migration' },
];

export const TEAMS = [
  { code: 'CMO', name: 'Cutover office' },
  { code: 'DBA', name: 'Database platform' },
  { code: 'ETL', name: 'Data migration' },
  { code: 'COR', name: 'Core banking' },
  { code: 'PAY', name: 'Payments' },
  { code: 'SEC', name: 'Securities operations' },
  { code: 'FIN', name: 'Financial control' },
  { code: 'RSK', name: 'Risk and compliance' },
  { code: 'CHN', name: 'Digital channels' },
  { code: 'NET', name: 'Network and data centre' },
  { code: 'IAM', name: 'Identity and access' },
  { code: 'BIZ', name: 'Business readiness' },
  { code: 'COM', name: 'Client communication' },
  { code: 'SVC', name: 'Service desk' },
] as const;

export type TeamCode = (typeof TEAMS)[number]['code'];

export const SITES = [
  { code: 'ZRH', name: 'Zurich', time_zone: 'Europe/Zurich' },
  { code: 'LON', name: 'London', time_zone: 'Europe/London' },
] as const;

export type SiteCode = (typeof SITES)[number]['code'];

/** Beside the one who creates the plan, who is a lead. */
export const MEMBERS = [
  { principal: 'user:viewer', role: 'viewer' },
  { principal: 'user:planner-a', role: 'planner' },
  { principal: 'user:planner-b', role: 'planner' },
  { principal: 'user:lead', role: 'lead' },
] as const;
