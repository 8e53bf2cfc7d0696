/** PostgreSQL refuses to run as root; then it runs under the machine's unprivileged account. */
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account that the server must run under, or null where it may run as who we are. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (nobody === null) throw new Error('This machine has no user "nobody" to run PostgreSQL under; set DATABASE_URL.');
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

/** True if the account may reach `folder` through all the folders above it and read it. */
export async function canEnter(account: Account | null, folder: string): Promise<boolean> {
  if (account === null) return true;
  for (let at = folder; ; at = path.dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 0o1) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
