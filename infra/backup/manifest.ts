/** What a backup says about itself. It is written last, so a folder that has one is whole. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PlanHead } from './whole.ts';

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';

export interface Manifest {
  readonly format: typeof FORMAT;
  /** ISO 8601, of the database's clock. */
  readonly made_at: string;
  /** The numbered files that had made the tables, in order. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly tables: readonly SavedTable[];
  readonly plans: readonly PlanHead[];
}

export interface SavedTable {
  /** Without its schema, which is `macroplan`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
}

export const fileOf = ({ name }: Pick<SavedTable, 'name'>): string => `${name}.copy.gz`;

/** Rejects with a sentence where the folder is no backup, or a file is not as it was written. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => null);
  if (text === null) throw new Error(`${folder} is no whole backup: it has no ${MANIFEST}.`);
  const manifest: Manifest = Object(JSON.parse(text));
  if (manifest.format !== FORMAT) {
    throw new Error(`${folder} is a backup of form ${manifest.format}, and this build reads form ${FORMAT}.`);
  }
  for (const table of manifest.tables) {
    const file = path.join(folder, fileOf(table));
    if ((await sha256Of(file)) !== table.sha256) throw new Error(`${file} is damaged: it is not what was written.`);
  }
  return manifest;
}

async function sha256Of(file: string): Promise<string> {
  if (!(await stat(file).catch(() => null))) return '';
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
