/**
 * One-line bugs of the kind that real sync engines have shipped. The simulator must find each of them; one that it
 * does not find is a hole in its invariants.
 */
export interface Mutant {
  /** What goes wrong, as a fact. */
  readonly bug: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The first night to look at, where the one that shows the bug is far from the first. */
  readonly from?: number;
  /** Tabs that people open first: for races that one tab alone hardly ever has. */
  readonly moreTabs?: number;
}

export const MUTANTS: readonly Mutant[] = [
  {
    bug: 'a delta is installed over whatever cursor is there',
    file: 'src/store/install.ts',
    find: "if (state?.cursor !== sentCursor) return 'moved';",
    replace: "if (!state) return 'moved';",
    moreTabs: 8,
  },
  {
    bug: 'a late snapshot takes the replica back',
    file: 'src/sync/snapshot.ts',
    find: 'replica.switchTo(sentCursor,',
    replace: 'replica.switchTo(replica.cursor,',
    moreTabs: 8,
  },
  {
    bug: 'an edit leaves the queue when it is sent',
    file: 'src/sync/exchange.ts',
    find: 'await replica.markSent(batch);',
    replace:
      "await replica.markSent(batch); for (const { edit } of batch) await replica.database.delete('queue', edit.seq);",
  },
  {
    bug: 'an edit leaves the queue at a reset, before its effect is here',
    file: 'src/sync/exchange.ts',
    find: 'if (reply.delta.reset !== null) return reset(cursor);',
    replace:
      "if (reply.delta.reset !== null) { for (const { seq } of reply.receipts) await replica.database.delete('queue', seq); await replica.refresh(); return reset(cursor); }",
  },
  {
    bug: 'what took effect is not written to the journal',
    file: 'src/store/install.ts',
    find: '...(rev !== null ? [',
    replace: '...(rev === 0 ? [',
  },
  {
    bug: 'a restore that comes with another reason to reset goes unnoticed',
    file: 'src/sync/snapshot.ts',
    find: 'await historyOf(sentCursor, plan, transport)',
    replace: "'same-history' as History",
  },
  {
    bug: 'after a failure no timer is armed',
    file: 'src/sync/poll.ts',
    find: 'retry: retryMs(failures, random()),',
    replace: 'retry: 2 ** 40,',
  },
  {
    bug: 'a forked client keeps its old numbers',
    file: 'src/store/queue.ts',
    find: 'queue.add(renumberedRecord(record, i + 1), i + 1)',
    replace: 'queue.add(record, record.edit.seq)',
  },
  {
    bug: 'base is not built anew when the same snapshot comes twice',
    file: 'src/store/install.ts',
    find: '(state?.generation ?? 0) + 1',
    replace: '(state?.snapshot === head.snapshot ? state.generation : (state?.generation ?? 0) + 1)',
  },
  {
    bug: 'a clock that jumps back stops the exchange',
    file: 'src/sync/pace.ts',
    find: 'return Math.min(gapMs, Math.max(0, since + gapMs - now));',
    replace: 'return Math.max(0, since + gapMs - now);',
  },
  {
    bug: 'an edit that could not be kept stays on screen',
    file: 'src/store/acts.ts',
    find: 'memory.setPending(others());\n      throw error instanceof',
    replace: 'throw error instanceof',
  },
  {
    bug: 'the cursor is stored before the rows',
    file: 'src/store/replica.ts',
    find: 'const installed = await installDelta(this.database, sentCursor, { delta, receipts });',
    replace:
      'await installDelta(this.database, sentCursor, { delta: { ...delta, rows: {} }, receipts }); const installed = await installDelta(this.database, delta.cursor, { delta, receipts: [] });',
  },
  {
    bug: 'an answer cut short is taken for an empty one',
    file: 'src/sync/reply.ts',
    find: "throw new SyncError('unreadable', { cause });",
    replace:
      "return { text, cursor: 'e1.1.x.s1.lead', rev: 1, reset: null, rows: {}, events: [], receipts: [], cause } as T;",
  },
  {
    bug: 'a device forgets its journal when its own clock says that it is old',
    file: 'src/store/replica.ts',
    find: 'await pruneJournal(this.database, state.asOf);',
    replace: 'await pruneJournal(this.database, this.#environment.clock());',
    from: 1700,
  },
  {
    bug: 'a page does not say for whom it asks',
    file: 'src/sync/transport.ts',
    find: "...(userKey ? { 'X-Macroplan-User': userHeader(userKey) } : {})",
    replace: '',
  },
  {
    bug: 'a refused edit is thrown away',
    file: 'src/store/install.ts',
    find: "...(refusal ? [transaction.objectStore('refused').put({ edit, refusal }, edit.id)] : []),",
    replace: '',
  },
  {
    bug: 'nobody is told with what an edit was combined',
    file: 'src/store/install.ts',
    find: '...(merged.length > 0\n',
    replace: '...(merged.length > 99\n',
  },
  {
    bug: 'an edit is called kept before the disk has it for good',
    file: 'src/store/queue.ts',
    find: "stores: ['meta', 'queue', 'undo'], durability: 'strict' }, async",
    replace: "stores: ['meta', 'queue', 'undo'] }, async",
  },
  {
    bug: 'what is sent again has another id',
    file: 'src/sync/exchange.ts',
    find: '(sent && marked.has(edit.id) ? [edit] : []));',
    replace:
      "(sent && marked.has(edit.id) ? [batch.find((one) => one.edit.id === edit.id)?.sent ? { ...edit, id: edit.id.replace(/^./, 'f') } : edit] : []));",
  },
  {
    bug: 'what came back from the journal is dropped',
    file: 'src/store/queue.ts',
    find: 'const records = [...first.map((edit) => ({ edit, sent: true })), ',
    replace: 'const records = [',
  },
  {
    bug: 'what waits has no second copy',
    file: 'src/store/memory.ts',
    find: 'this.#spare?.follow(this.queue.map(({ edit }) => edit));',
    replace: '',
  },
  {
    bug: 'a device that was told that it is a copy forgets what is pending',
    file: 'src/store/queue.ts',
    find: '...(await queue.getAll())];',
    replace: '];',
  },
  {
    bug: 'what was undone before it was sent is sent all the same',
    file: 'src/store/queue.ts',
    find: 'queue.delete(edit.seq),\n      left ? queue.add(left, seq) : null,',
    replace: 'left ? queue.add(left, seq) : null,',
  },
];
