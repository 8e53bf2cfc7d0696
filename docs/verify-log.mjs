#!/usr/bin/env node
// Checks an event log that Macroplan saved ("Save log" in the tab Files), with Node 20 and nothing else:
//
//     node verify-log.mjs DEMO-r1288-log.json [HEAD]
//
// Each event's hash is sha256(previous hash ‖ canonical event); the first one follows the plan's id. The canonical event is
// a JSON array as PostgreSQL prints jsonb, and holds the count and checksum of the plan's rows after the event, which are
// not in the file: they are counted again here. So no event can be altered, left out, added or moved without breaking the
// chain. Whoever makes a new chain from the beginning is found by HEAD: the last hash, written down elsewhere earlier
// (`GET /plans/PLAN/verify` tells it). Prints one line; exit code 0: whole, 1: broken, 2: not a log.
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

for (const event of log.events) {
  const { rev, n } = event;
  const isNext = (rev === last.rev && n === last.n + 1) || (rev === last.rev + 1 && n === 1);
  if (!isNext) end(1, `BROKEN before rev ${rev}, event ${n}: events are missing, doubled or in another order.`);
  count(event);
  const expected = hashOf(event);
  if (expected.toString('hex') !== event.hash) {
    end(1, `BROKEN at rev ${rev}, event ${n}: it, or one that it counts on, was altered.`);
  }
  previous = expected;
  last = event;
}

const found = previous.toString('hex');
if (log.count !== log.events.length || log.head !== found) {
  end(1, `BROKEN at the end: the file says ${log.count} events up to ${log.head}, and holds ${log.events.length}.`);
}
if (head !== undefined && head.toLowerCase() !== found) {
  end(1, `BROKEN: the chain is whole, but it ends in ${found} and not in ${head}.`);
}
end(0, `OK: ${log.events.length} events up to rev ${last.rev}, ${rowCount} rows; head ${found}`);

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

function hashOf(event) {
  const { rev, n, at, claimed_at, actor, actor_name, client_id, edit_id, label, op, table_name, row_id } = event;
  const names = [rev, n, at, claimed_at, actor, actor_name, client_id, edit_id, label, op, table_name, row_id];
  const text = jsonbText([...names, event.before, event.after, rowCount, rowSum]);
  return createHash('sha256').update(previous).update(text, 'utf8').digest();
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
  const isKnown = log?.format === 'macroplan-log' && log.version === 1;
  if (!isKnown || typeof log.plan !== 'string' || !Array.isArray(log.events)) {
    end(2, 'This is no event log that this program knows.');
  }
  return log;
}

function end(code, sentence) {
  console.log(sentence);
  process.exit(code);
}
