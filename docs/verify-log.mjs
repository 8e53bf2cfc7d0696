#!/usr/bin/env node
// Checks an event log that Macroplan saved ("Save log" in the tab Files), with Node 20 and nothing else:
//
//     node verify-log.mjs DEMO-r1288-log.json [HEAD]
//
// Each event's hash is sha256(previous hash ‖ canonical event); the first one follows the plan's id. The canonical event is
// a JSON array as PostgreSQL prints jsonb, and holds the count and checksum of the plan's rows after the event, which are
// not in the file: they are counted again here. So no event can be altered, left out, added or moved without breaking the
// chain. Whoever makes a new chain from the beginning is found by HEAD: the last hash, written down elsewhere earlier
// (`GET /plans/PLAN/verify` tells it).
//
// Display names may be erased, so hashes do not cover them (form 2); who it was, the key, is covered. Lines of older versions (form 1)
// cover names. Where such a name was erased (form 0), the line's hash cannot be made again: the erasure's own line carries a seal over
// everything else that those lines say and over the hashes before them. So a head noted after the erasure proves the whole log, and one
// noted before it proves what comes after the last line of form 0; for the rest the erasure is trusted. It is said where that is so.
//
// HEAD may be of any moment: the last hash, or one that the file holds. Prints one line; exit code 0: whole, 1: broken, 2: not a log.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, head] = process.argv.slice(2);
if (file === undefined) end(2, 'usage: node verify-log.mjs FILE [HEAD]');

const log = readLog(file);
const rows = new Map();
let previous = Buffer.from(log.plan.replaceAll('-', ''), 'hex');
let last = { rev: 0, n: 0 };
let rowCount = 0;
let rowSum = 0;
const sealed = createHash('sha256');
let sealedCount = 0;
let lastSealed = null;
let lastErasure = null;
let headAt = null;

for (const event of log.events) {
  const { rev, n } = event;
  const isNext = (rev === last.rev && n === last.n + 1) || (rev === last.rev + 1 && n === 1);
  if (!isNext) end(1, `BROKEN before rev ${rev}, event ${n}: events are missing, doubled or in another order.`);
  count(event);
  const form = event.form ?? 1;
  if (form === 0) {
    const hash = Buffer.from(event.hash, 'hex');
    if (event !== log.events[0]) sealed.update(previous);
    sealed.update(hash).update(createHash('sha256').update(textOf(event, 2), 'utf8').digest());
    sealedCount += 1;
    lastSealed = event;
    previous = hash;
  } else {
    previous = createHash('sha256').update(previous).update(textOf(event, form), 'utf8').digest();
    if (previous.toString('hex') !== event.hash) {
      end(1, `BROKEN at rev ${rev}, event ${n}: it, or one that it counts on, was altered.`);
    }
    if (form === 2 && event.erasure) lastErasure = event;
  }
  if (event.hash === head?.toLowerCase()) headAt = event;
  last = event;
}

if (lastErasure === null ? sealedCount > 0 : sealed.digest('hex') !== lastErasure.erasure.seal) {
  end(1, `BROKEN: ${sealedCount} events whose names were erased are not those that an erasure vouches for.`);
}

const found = previous.toString('hex');
if (log.count !== log.events.length || log.head !== found) {
  end(1, `BROKEN at the end: the file says ${log.count} events up to ${log.head}, and holds ${log.events.length}.`);
}
if (head !== undefined && headAt === null) {
  end(1, `BROKEN: the chain is whole, but it ends in ${found} and not in ${head}, which it does not hold.`);
}
end(0, `OK: ${log.events.length} events up to rev ${last.rev}, ${rowCount} rows; head ${found}${noted()}${erased()}`);

/** What the head that was written down proves, where it is not the last. */
function noted() {
  if (headAt === null || headAt === last) return '';
  const place = `at rev ${headAt.rev}, event ${headAt.n}`;
  const proves = lastSealed === null || isAfter(headAt, lastSealed);
  return proves
    ? `, and ${head} was its head ${place}`
    : `, and ${head} stands in it ${place}, where it proves nothing`;
}

/** What can no longer be proved by an older head. */
function erased() {
  if (lastSealed === null) return '';
  const { rev, n } = lastSealed;
  const by = headAt === null || isAfter(lastErasure, headAt) ? 'is vouched for by' : 'is proved only through';
  return (
    `; the hashes of ${sealedCount} events covered a name that was erased since: what is up to rev ${rev}, event ${n} ${by} ` +
    `the erasure at rev ${lastErasure.rev}, and by no head from before it`
  );
}

function isAfter(one, other) {
  return one.rev > other.rev || (one.rev === other.rev && one.n > other.n);
}

/** The rows that live after an event, by table and id, with the rev at which each was last written. */
function count({ op, table_name, row_id, rev }) {
  const key = `${table_name}/${row_id}`;
  const before = rows.get(key);
  if ((op === 'insert') === (before !== undefined)) {
    end(1, `BROKEN at rev ${rev}: ${op} of a row that ${before === undefined ? 'is not' : 'is already'} there.`);
  }
  if (before !== undefined) {
    rowCount -= 1;
    rowSum -= mix(row_id, before);
    rows.delete(key);
  }
  if (op !== 'remove') {
    rowCount += 1;
    rowSum += mix(row_id, rev);
    rows.set(key, rev);
  }
}

/** What the hash of a form covers beside the hash before it. */
function textOf(event, form) {
  const { rev, n, at, claimed_at, actor, actor_name, client_id, edit_id, label, op, table_name, row_id } = event;
  const { before, after, erasure } = event;
  const what = [client_id, edit_id, label, op, table_name, row_id];
  if (form === 1)
    return jsonbText([rev, n, at, claimed_at, actor, actor_name, ...what, before, after, rowCount, rowSum]);
  if (form !== 2)
    end(2, `Rev ${rev}, event ${n} is of form ${form}, which this program does not know: take a newer one.`);
  const fields = [before, after].map((each) => (table_name === 'conflicts' ? withoutName(each) : each));
  return jsonbText([2, rev, n, at, claimed_at, actor, ...what, ...fields, rowCount, rowSum, erasure]);
}

/** The row of a conflict, or what changed of it, as it is hashed. */
function withoutName(fields) {
  return fields && Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'author_name'));
}

/** As PostgreSQL prints it: keys by length and then by bytes, a blank after each comma and colon. */
function jsonbText(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => ({ key, bytes: Buffer.from(key, 'utf8'), item }));
  entries.sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  return `{${entries.map(({ key, item }) => `${JSON.stringify(key)}: ${jsonbText(item)}`).join(', ')}}`;
}

/** A row's part of the plan's checksum (PROTOCOL: `row_sum`): the end of its id and its rev, well mixed. */
function mix(id, rev) {
  let x = (Number.parseInt(id.slice(-8), 16) ^ (rev % 2 ** 32)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 1597334677) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 1779033703) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

function readLog(path) {
  let log;
  try {
    log = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    end(2, `This file cannot be read: ${error.message}`);
  }
  const isKnown = log?.format === 'macroplan-log' && (log.version === 1 || log.version === 2);
  if (!isKnown || typeof log.plan !== 'string' || !Array.isArray(log.events)) {
    end(2, 'This is no event log that this program knows.');
  }
  return log;
}

function end(code, sentence) {
  console.log(sentence);
  process.exit(code);
}
