/**
 * One JSON line on stderr for each answer that a developer should look into. It says where the error is and never what
 * people typed: quoted values and mail addresses are cut from messages, parameters and bodies are never given to it.
 */
import { DatabaseError } from 'pg';

export interface LogEntry {
  readonly request_id?: string;
  readonly method?: string;
  /** The route's pattern, so that no code of a plan is in it. */
  readonly route?: string;
  readonly status?: number;
  readonly error: unknown;
}

export type Log = (entry: LogEntry) => void;

export const logToStderr: Log = ({ error, ...rest }) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...rest, ...describe(error) })}\n`);
};

export function describe(error: unknown): Record<string, unknown> {
  if (error instanceof DatabaseError) {
    return {
      sqlstate: error.code,
      message: withoutValues(error.message),
      constraint: error.constraint,
      table: error.table,
      column: error.column,
      context: error.where?.split('\n').filter((line) => /^(PL\/pgSQL|SQL) function/.test(line)),
    };
  }
  if (error instanceof Error) {
    // A message of several lines is in the stack as well, so places are told from words.
    const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
    return { message: withoutValues(error.message), stack: places?.slice(0, 7) };
  }
  return { message: 'something that is no error was thrown' };
}

function withoutValues(message: string): string {
  return message
    .replace(/"[^"]*"/g, '"…"')
    .replace(/'[^']*'/g, "'…'")
    .replace(/[^\s<>,;:()]+@[^\s<>,;:()]+/g, '…@…');
}
