/** What a host makes of a request: the same checks, doors and errors as the Node host, without HTTP around it. */
import { answerTo } from '../../../infra/host/error-map.ts';
import { Problem } from '../../../infra/host/problem.ts';
import { checkMeantUser } from '../../../infra/host/request-checks.ts';
import { identityOf, type NightDoors } from './server.ts';

export interface Request {
  readonly path: string;
  /** Whose session the browser has now, which may not be whose page it shows. */
  readonly session: string;
  /** For whom the page says that it asks. */
  readonly meantFor: string | null;
  readonly etag: string | null;
  /** Null: a GET. */
  readonly body: string | null;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterSeconds?: number | null;
}

export async function answer(doors: NightDoors, request: Request): Promise<Answer> {
  try {
    const who = identityOf(request.session);
    checkMeantUser(request.meantFor === null ? {} : { 'x-macroplan-user': request.meantFor }, who);
    const text = await ask(doors, request);
    return text === null ? { status: 304, text: '' } : { status: 200, text };
  } catch (error) {
    const { status, code, message, retryAfterSeconds } = answerTo(error);
    // No person of a night does what the database forbids a host; what it does not expect is its bug.
    if (status === 500 || code === 'forbidden') throw error;
    return { status, text: JSON.stringify({ error: { code, message } }), retryAfterSeconds };
  }
}

async function ask(doors: NightDoors, { path, session, etag, body }: Request): Promise<string | null> {
  const who = identityOf(session);
  const [route = '', query = ''] = path.split('?');
  const [, plans, plan = '', what, snapshot = '', part] = route.split('/');
  if (plans === 'plans' && plan === '') return await doors.plans(who);
  switch (what) {
    case 'delta':
      return (await doors.delta(who, plan, new URLSearchParams(query).get('cursor'), etag)).body;
    case 'sync':
      return await doors.sync(who, plan, body ?? '');
    case 'snapshot':
      return part === undefined
        ? await doors.snapshot(who, plan)
        : await doors.snapshotPart(who, plan, snapshot, Number(part));
    default:
      throw new Problem('not_found', 'There is no such page.');
  }
}
