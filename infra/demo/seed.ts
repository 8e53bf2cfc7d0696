/**
 * Puts a demo plan into a database, through the same doors as everybody: one `api.create_plan`, who gets mails, and then the
 * edits. All of it is one transaction, so a plan is there whole or not at all, and one that is there, whatever became of it, is left alone.
 */
import { type ClientBase, DatabaseError } from 'pg';
import type { Edit } from '../../src/store/edit.ts';
import type { DemoPlan } from './demo-plan.ts';
import { parseReceipts } from './sync-reply.ts';

/** Who the demo plan's maker is to the doors. */
const WHO = { user_key: 'admin', display_name: 'Admin', groups: ['macroplan-admins'], is_admin: true };

/** The client must be allowed to use the doors and must not be in a transaction. Resolves to whether it wrote anything. */
export async function seedDemo(client: ClientBase, demo: DemoPlan): Promise<'seeded' | 'there'> {
  await client.query('begin');
  try {
    const isNew = !(await isKnown(client, demo)) && (await create(client, demo));
    if (isNew) {
      await client.query('select api.change_recipients($1, $2, $3)', [
        WHO,
        demo.plan.id,
        JSON.stringify({ add: demo.recipients }),
      ]);
      await applyEdits(client, demo);
    }
    await client.query(isNew ? 'commit' : 'rollback');
    return isNew ? 'seeded' : 'there';
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function isKnown(client: ClientBase, { plan }: DemoPlan): Promise<boolean> {
  const { rows } = await client.query(
    `select exists (
       select from jsonb_array_elements(api.plans($1)::jsonb -> 'plans') as plan
       where plan ->> 'id' = $2 or plan ->> 'code' = $3
     ) as known`,
    [WHO, plan.id, plan.code],
  );
  return rows[0]?.known === true;
}

/** False where its id or code is taken, by a plan that its makers shut us out of: it is theirs. */
async function create(client: ClientBase, { plan }: DemoPlan): Promise<boolean> {
  try {
    await client.query('select api.create_plan($1, $2)', [WHO, JSON.stringify(plan)]);
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && (error.code === 'MP400' || error.code === 'MP409')) return false;
    throw error;
  }
}

async function applyEdits(client: ClientBase, { plan, client: device, edits }: DemoPlan): Promise<void> {
  for (const batch of batches(edits)) {
    const body = JSON.stringify({ cursor: null, client: device, edits: batch });
    const { rows } = await client.query('select api.sync($1, $2, $3) as reply', [WHO, plan.id, body]);
    checkApplied(rows[0]?.reply, batch);
  }
}

/** Each small enough for one request. */
function batches(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const made: Edit[][] = [];
  let ops = Number.POSITIVE_INFINITY;
  for (const edit of edits) {
    if (ops + edit.ops.length > OPS_PER_REQUEST) {
      made.push([]);
      ops = 0;
    }
    made.at(-1)?.push(edit);
    ops += edit.ops.length;
  }
  return made;
}

/** An op of the demo plan is a few hundred bytes, and a statement may run for ten seconds. */
const OPS_PER_REQUEST = 2_000;

function checkApplied(reply: unknown, batch: readonly Edit[]): void {
  const receipts = parseReceipts(reply);
  for (const [index, edit] of batch.entries()) {
    const receipt = receipts[index];
    if (receipt?.outcome === 'applied') continue;
    const why = receipt?.refusal?.message ?? receipt?.outcome ?? 'no receipt';
    throw new Error(`The demo plan could not be made: ${edit.label}: ${why}`);
  }
}
