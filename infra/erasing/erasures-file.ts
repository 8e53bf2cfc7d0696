/**
 * Whose names were erased, as a file outside every backup, so that a restore of an older one erases them again: a JSON object a
 * line, the oldest first. It holds keys and never a name.
 */
import { appendFile, readFile } from 'node:fs/promises';

/** Beside the backups. */
export const ERASURES = 'erasures.jsonl';

export interface Erasure {
  readonly user_key: string;
  /** ISO 8601. */
  readonly at: string;
  /** From then on the person is named again. */
  readonly is_undone: boolean;
}

export async function noteErasure(file: string, erasure: Erasure): Promise<void> {
  await appendFile(file, `${JSON.stringify(erasure)}\n`, { mode: 0o600 });
}

/** Keys of people who are erased by the last line about them. Rejects with a sentence where the file cannot be read. */
export async function readErasures(
  file: string,
  { mustBeThere }: { mustBeThere: boolean },
): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !mustBeThere) return '';
    throw new Error(`The list of erasures ${file} cannot be read: ${error.message}`);
  });
  const erased = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const { user_key, is_undone } = parsed(line) ?? {};
    if (typeof user_key !== 'string') throw new Error(`Line ${index + 1} of ${file} names nobody who was erased.`);
    if (is_undone === true) erased.delete(user_key);
    else erased.add(user_key);
  }
  return [...erased];
}

function parsed(line: string): { readonly user_key?: unknown; readonly is_undone?: unknown } | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
