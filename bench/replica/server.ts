/** One HTTP server for all contestants: their pages, their scripts, and their wires over the world of the run. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { makeCouch } from './couch.ts';
import { USER } from './plan-id.ts';
import { documents, makeReplicache, ours, plainRows, type Wire } from './wires.ts';
import { World, type WorldRow } from './world.ts';

const OUR_HEADERS = { 'X-Macroplan-Protocol': '1', 'X-Macroplan-User': USER };

export class BenchServer {
  world = new World([{ table: 'plans', row: { id: '', rev: 0 } }]);
  /** Requests for data since the run began; of them those that carried edits. */
  requests = 0;
  pushes = 0;
  readonly #scripts: ReadonlyMap<string, string>;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #zipped = new Map<string, Buffer>();
  #wires = new Map<string, Wire>();
  #isGzip = false;

  constructor(scripts: ReadonlyMap<string, string>) {
    this.#scripts = scripts;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  /** A fresh world for one run of one contestant. */
  begin(rows: readonly WorldRow[], isGzip: boolean): World {
    this.world = new World(rows);
    this.#isGzip = isGzip;
    this.#wires = new Map<string, Wire>([
      ['ours', ours],
      ['rows', plainRows],
      ['documents', documents],
      ['replicache', makeReplicache()],
      ['couch', makeCouch()],
    ]);
    this.requests = 0;
    this.pushes = 0;
    return this.world;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench');
    const [, name = '', ...rest] = pathname.split('/');
    const wire = this.#wires.get(name);
    if (!wire) return this.#page(name, rest[0] ?? '', response);
    const sent = await text(request);
    const path = `/${rest.join('/')}`;
    this.requests += 1;
    if (/^\/(push|bench\/_bulk_docs)|\/sync$/.test(path)) this.pushes += 1;
    const body: unknown = sent ? JSON.parse(sent) : null;
    const ifNoneMatch = request.headers['if-none-match'] ?? '';
    try {
      const answer = wire({ world: this.world, path, query: searchParams, body, ifNoneMatch });
      this.#send(response, answer);
    } catch (error) {
      console.error(error);
      response.writeHead(500).end();
    }
  }

  #send(response: ServerResponse, answer: unknown): void {
    const isMissing = typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 404;
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...OUR_HEADERS };
    if (answer === null) {
      response.writeHead(304, headers).end();
      return;
    }
    const json = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const isZipped = this.#isGzip && json.length > 1_024;
    response.writeHead(isMissing ? 404 : 200, { ...headers, ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}) });
    response.end(isZipped ? this.#zip(json) : json);
  }

  /** What is large is the same in each run, so that nobody's run pays for it. */
  #zip(json: string): Buffer {
    const known = this.#zipped.get(json) ?? gzipSync(json);
    if (json.length > 100_000) this.#zipped.set(json, known);
    return known;
  }

  #page(kind: string, name: string, response: ServerResponse): void {
    const script = this.#scripts.get(name);
    if (kind === 'page') {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(
        `<!doctype html><link rel="icon" href="data:,"><title>${name}</title><table><tbody></tbody></table><script src="/script/${name}"></script>`,
      );
    } else if (kind === 'script' && script) {
      response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(script);
    } else response.writeHead(404).end();
  }
}
