/** A database that is made for one look and dropped after it. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { connected } from '../postgres/connected.ts';

/** `url`: any database of a server where this role may create databases. */
export async function inScratch<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const name = `macroplan_check_${randomBytes(6).toString('hex')}`;
  await connected(url, (client) => client.query(`create database ${name} template template0`));
  try {
    return await connected(Object.assign(new URL(url), { pathname: `/${name}` }).href, work);
  } finally {
    await connected(url, (client) => client.query(`drop database ${name} with (force)`));
  }
}
