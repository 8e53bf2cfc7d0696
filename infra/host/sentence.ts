/** Why a start failed, as one sentence for the person who tried. Passwords are in none of them. */
export interface Tried {
  readonly port: number;
  readonly databaseUrl: string | null;
}

export function sentenceFor(error: unknown, { port, databaseUrl }: Tried): string {
  const code = codeOf(error);
  if (code === 'EADDRINUSE' || code === 'EACCES') return portSentence(code, error, port);
  if (databaseUrl !== null) {
    const { host, pathname, username } = new URL(databaseUrl);
    const sentence = DATABASE_SENTENCES.get(code)?.({ server: host, database: pathname.slice(1), user: username });
    if (sentence !== undefined) return sentence;
  }
  return errorText(error);
}

/** Node says which port it was: the host's, or that of its counters. */
function portSentence(code: string, error: unknown, port: number): string {
  const tried = error instanceof Error && 'port' in error && typeof error.port === 'number' ? error.port : port;
  const setting = tried === port ? 'PORT' : 'MACROPLAN_METRICS_PORT';
  if (code === 'EADDRINUSE')
    return `Port ${tried} is in use. Stop what uses it, or choose another: ${setting}=8081 npm start.`;
  return `Port ${tried} may not be opened by this user. Choose one above 1023: ${setting}=8080 npm start.`;
}

interface Named {
  readonly server: string;
  readonly database: string;
  readonly user: string;
}

const unreachable = ({ server }: Named) => `No PostgreSQL answers at ${server}. Check DATABASE_URL and that it runs.`;
const badPassword = ({ server, user }: Named) =>
  `${server} does not let ${user} in. Check user and password in DATABASE_URL.`;

const DATABASE_SENTENCES = new Map<string, (named: Named) => string>([
  ['ECONNREFUSED', unreachable],
  ['ECONNRESET', unreachable],
  ['ETIMEDOUT', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENOTFOUND', ({ server }) => `There is no computer called ${server}. Check DATABASE_URL.`],
  ['EAI_AGAIN', ({ server }) => `There is no computer called ${server}. Check DATABASE_URL.`],
  ['28P01', badPassword],
  ['28000', badPassword],
  [
    '3D000',
    ({ server, database }) => `There is no database ${database} at ${server}. Create it or check DATABASE_URL.`,
  ],
  ['42501', ({ user, database }) => `${user} may not create what Macroplan needs in ${database}. Make it the owner.`],
]);

/** An AggregateError holds one error for each address of a name. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return errorText(error.errors[0]);
  return error instanceof Error ? error.message : 'Something went wrong that gives no reason.';
}
