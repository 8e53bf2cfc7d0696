/** What an administrator does to the plan of a night, through the same door as everybody. */
import type { Op, Receipt } from '../../store/edit.ts';
import { insertRow, removeRow, setFields } from '../../store/ops.ts';
import type { Role, Rows } from '../../store/rows.ts';
import { PLAN_ID } from '../small-plan.ts';
import type { Chance } from './chance.ts';
import { ADMIN, identityOf, type Server } from './server.ts';

export async function administer(server: Server, chance: Chance, ops: readonly Op[]): Promise<void> {
  if (ops.length === 0) return;
  const edit = { id: chance.uuid(), seq: 1, at: 0, label: 'Administration', ops };
  const body = JSON.stringify({ cursor: '', client: chance.uuid(), edits: [edit] });
  const reply = JSON.parse(await server.doors.sync(identityOf(ADMIN), PLAN_ID, body));
  const [receipt] = reply.receipts as readonly Receipt[];
  if (receipt?.outcome !== 'applied') throw new Error(`An administrator's edit was ${JSON.stringify(receipt)}`);
}

/** Makes this the person's role in the plan; null takes the plan away. */
export async function giveRole(server: Server, chance: Chance, user: string, role: Role | null): Promise<void> {
  const { live } = await server.look();
  const members = (await live()).filter(({ table }) => table === 'plan_members').map(({ row }) => row);
  const member = members.find(({ principal }) => principal === `user:${user}`) as Rows['plan_members'] | undefined;
  if (role === null) return administer(server, chance, member ? [removeRow('plan_members', member)] : []);
  if (member?.role === role) return;
  const principal = `user:${user}`;
  const op = member
    ? setFields('plan_members', member, { role })
    : insertRow('plan_members', chance.uuid(), { principal, role });
  await administer(server, chance, [op]);
}
