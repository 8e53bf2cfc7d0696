/** The path of an edit over the wire: applied, sent twice, merged, in conflict, refused, and a device that was copied. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type APlan, type Device, makePlan, newDevice, START } from './a-plan.ts';
import { type Json, talkTo } from './talk.ts';

export function syncingConforms(baseUrl: () => string): void {
  const host = talkTo(baseUrl);
  let plan: APlan;
  let a: Device;
  let b: Device;
  beforeEach(async () => {
    plan = await makePlan(host);
    a = newDevice(host, plan.id, 'planner-a');
    b = newDevice(host, plan.id, 'planner-b');
    await a.sync([]);
    await b.sync([]);
  });

  const base = { planned_start: START, planned_end: START + 60 };
  const note = (text: string, before = '') => {
    return {
      op: 'set',
      table: 'chapter_schedules',
      id: plan.schedules[0],
      base: { note: before },
      set: { note: text },
    };
  };
  const move = (start: number) => ({ op: 'move', table: 'chapter_schedules', id: plan.schedules[0], base, start });
  const slip = (by: number) => ({ op: 'slip', table: 'chapter_schedules', id: plan.schedules[0], base, by });

  describe('syncing', () => {
    test('a request without edits is a poll', async () => {
      const answer = await a.sync([]);
      expect(answer).toMatchObject({ last_seq: 0, receipts: [], reset: null, rows: {} });
    });

    test('an edit is applied and comes back as a row, to its author and to others', async () => {
      const sent = { id: randomUUID(), seq: 1, at: 1_803_153_590_000, label: 'Move', ops: [move(START + 30)] };
      const answer = Object(await a.sync([sent]));
      expect(answer.last_seq).toBe(1);
      expect(answer.receipts).toEqual([
        {
          edit: sent.id,
          seq: 1,
          outcome: 'applied',
          rev: answer.rev,
          dup: false,
          merged: [],
          conflict: null,
          refusal: null,
        },
      ]);
      for (const seen of [answer, await b.sync([])]) {
        const row = rowOf(seen, 'chapter_schedules', plan.schedules[0]);
        expect(row).toMatchObject({ planned_start: START + 30, planned_end: START + 90 });
      }
    });

    test('the same bytes sent again bring the stored receipt and change nothing', async () => {
      const edits = [{ id: randomUUID(), seq: 1, at: 1, label: 'Note', ops: [note('once')] }];
      const first = Object(await a.sync(edits));
      const second = Object(await a.sync(edits));
      expect(second.receipts).toEqual([{ ...first.receipts[0], dup: true }]);
      expect(second.rev).toBe(first.rev);
    });

    test('an unknown edit under a number that was used is a forked device, and nothing is applied', async () => {
      await a.edit([note('first')]);
      const answer = Object(
        await a.sync([{ id: randomUUID(), seq: 1, at: 1, label: 'Note', ops: [note('second', 'first')] }]),
      );
      expect(answer).toMatchObject({ forked: true, receipts: [] });
      expect(await a.edit([note('third', 'first')])).toMatchObject({ outcome: 'applied' });
    });

    test('changes of different units merge, and both stay', async () => {
      await b.edit([note('by b')]);
      const receipt = Object(await a.edit([move(START + 15)]));
      expect(receipt).toMatchObject({ outcome: 'merged', conflict: null, refusal: null });
      expect(receipt.merged).toEqual([
        { table: 'chapter_schedules', id: plan.schedules[0], unit: 'note', by: 'planner-b', rev: expect.any(Number) },
      ]);
    });

    test('two notes on one chapter are a conflict that both can read', async () => {
      await b.edit([note('by b')]);
      const receipt = Object(await a.edit([note('by a')]));
      expect(receipt).toMatchObject({ outcome: 'conflict', refusal: null });
      const state = (await host.get(`/plans/${plan.id}/state?rev=${receipt.rev}`)).json();
      const row = Object(rowOf(state, 'conflicts', receipt.conflict));
      expect(row).toMatchObject({ id: receipt.conflict, author: 'planner-a', cause: 'both_changed', state: 'open' });
      expect(row.items).toMatchObject([
        { unit: 'note', base: { note: '' }, theirs: { note: 'by b' }, mine: { note: 'by a' } },
      ]);
    });

    test('the same slip by two people is a conflict', async () => {
      await b.edit([slip(30)]);
      const receipt = Object(await a.edit([slip(30)]));
      expect(receipt.outcome).toBe('conflict');
    });

    test('a conflict that its author settles with mine is settled for everybody', async () => {
      await b.edit([note('by b')]);
      const { conflict } = Object(await a.edit([note('by a')]));
      const settled = await a.edit([{ op: 'resolve', id: conflict, choice: 'mine' }, note('by a', 'by b')]);
      expect(settled, JSON.stringify(settled)).toMatchObject({ outcome: 'applied' });
      const seen = rowOf(await b.sync([]), 'conflicts', conflict);
      expect(seen).toMatchObject({ state: 'resolved', resolved_by: 'planner-a', resolution: { choice: 'mine' } });
    });

    test('a conflict is settled once', async () => {
      await b.edit([note('by b')]);
      const { conflict } = Object(await a.edit([note('by a')]));
      expect(await a.edit([{ op: 'resolve', id: conflict, choice: 'theirs' }])).toMatchObject({ outcome: 'applied' });
      const lead = newDevice(host, plan.id, 'lead');
      expect(await lead.edit([{ op: 'resolve', id: conflict, choice: 'theirs' }])).toMatchObject({
        outcome: 'refused',
        refusal: { code: 'conflict_closed' },
      });
    });

    test('an edit made before its author saw a conflict waits with it, whichever request brings it', async () => {
      const seen = Number(Object(await a.sync([])).rev);
      await b.edit([slip(30)]);
      const first = Object(await a.edit([slip(30)], { seen }));
      const second = Object(await a.edit([slip(15)], { seen }));
      expect(first.outcome).toBe('conflict');
      expect(second.outcome).toBe('conflict');
      const rows = Object((await host.get(`/plans/${plan.id}/state?rev=${second.rev}`)).json());
      expect(rowOf(rows, 'conflicts', second.conflict)).toMatchObject({ cause: 'blocked' });
      // An answer of the server was there when this one was made.
      expect(await a.edit([slip(15)], { seen: second.rev })).not.toMatchObject({ outcome: 'conflict' });
    });

    test('what an edit had seen must be a revision', async () => {
      for (const seen of [-1, 1.5, '1', null]) {
        expect(await a.edit([note('x')], { seen })).toMatchObject({
          outcome: 'refused',
          refusal: { code: 'bad_value' },
        });
      }
    });

    test('somebody else’s conflict is a lead’s to settle, not a planner’s', async () => {
      await b.edit([note('by b')]);
      const { conflict } = Object(await a.edit([note('by a')]));
      const resolve = { op: 'resolve', id: conflict, choice: 'theirs' };
      expect(await b.edit([resolve])).toMatchObject({ outcome: 'refused', refusal: { code: 'not_allowed' } });
      expect(await newDevice(host, plan.id, 'lead').edit([resolve])).toMatchObject({ outcome: 'applied' });
    });

    test('an edit of a shape from the future is too old for this server, and says so', async () => {
      expect(await a.edit([note('x')], { v: 999 })).toMatchObject({ outcome: 'refused', refusal: { code: 'too_old' } });
    });

    test('a row that is removed comes as a tombstone', async () => {
      const remove = { op: 'remove', table: 'chapter_schedules', id: plan.schedules[1], base: {} };
      expect(await a.edit([remove])).toMatchObject({ outcome: 'applied' });
      const { chapter_schedules } = Object(Object(await b.sync([])).rows);
      expect(chapter_schedules.removed).toEqual([[plan.schedules[1], expect.any(Number)]]);
    });

    test('in a live iteration a planner reports and only a lead moves', async () => {
      const lead = newDevice(host, plan.id, 'lead');
      await lead.edit([
        { op: 'set', table: 'iterations', id: plan.iteration, base: { state: 'planned' }, set: { state: 'live' } },
      ]);
      expect(await a.edit([move(START + 5)])).toMatchObject({ refusal: { code: 'iteration_frozen' } });
      const begun = { status: 'running', actual_start: START, actual_end: null };
      const was = { status: 'pending', actual_start: null, actual_end: null };
      const report = { op: 'set', table: 'chapter_schedules', id: plan.schedules[0], base: was, set: begun };
      expect(await a.edit([report])).toMatchObject({ outcome: 'applied' });
      expect(Object(await lead.edit([move(START + 5)])).refusal).toBeNull();
    });

    test('what is already so is noop, with no rev', async () => {
      await b.edit([note('same')]);
      expect(await a.edit([note('same')])).toMatchObject({ outcome: 'noop', rev: null });
    });

    test('a refused edit says why and where, and the next one is applied', async () => {
      const bad = {
        op: 'set',
        table: 'chapter_schedules',
        id: plan.schedules[0],
        base,
        set: { ...base, planned_end: START - 1 },
      };
      expect(await a.edit([bad])).toMatchObject({
        outcome: 'refused',
        rev: null,
        refusal: {
          code: 'end_before_start',
          message: expect.any(String),
          table: 'chapter_schedules',
          id: plan.schedules[0],
        },
      });
      expect(await a.edit([note('good')])).toMatchObject({ outcome: 'applied' });
    });

    test('an edit is whole or not at all', async () => {
      const before = Object(await a.sync([])).rev;
      const receipt = await a.edit([note('half'), { ...move(START), id: randomUUID() }]);
      expect(receipt).toMatchObject({ outcome: 'refused' });
      expect(Object(await a.sync([]))).toMatchObject({ rev: before, rows: {} });
    });

    test('many devices at once get one rev each, and nobody waits for ever', async () => {
      const devices = Array.from({ length: 20 }, (_, index) =>
        newDevice(host, plan.id, index % 2 ? 'planner-a' : 'planner-b'),
      );
      const receipts = await Promise.all(devices.map((device, index) => device.edit([note(`note ${index}`)])));
      const outcomes = receipts.map((receipt) => String(receipt.outcome)).sort();
      expect(outcomes).toEqual(['applied', ...new Array(19).fill('conflict')].sort());
      const revs = receipts.map((receipt) => Number(receipt.rev));
      expect(new Set(revs).size).toBe(20);
      expect(Math.max(...revs) - Math.min(...revs)).toBe(19);
    });
  });
}

/** The row with that id, as fields, out of a delta or a state. */
function rowOf(answer: Json, table: string, id: string): Json | undefined {
  const { cols, rows } = Object(answer.rows)[table];
  const found = rows.map((cells: unknown[]) =>
    Object.fromEntries(cols.map((name: string, at: number) => [name, cells[at]])),
  );
  return found.find((row: Json) => row.id === id);
}
