/** A person's device in a restore drill: a real replica on a disk of its own, exchanging with a real host over HTTP. */
import { randomUUID } from 'node:crypto';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect } from 'vitest';
import { BASE_PATH } from '../infra/host/base-path.ts';
import type { Edit, Op } from '../src/store/edit.ts';
import { Replica } from '../src/store/replica.ts';
import type { PlanView } from '../src/store/view.ts';
import { makeExchange } from '../src/sync/exchange.ts';
import { pageWire } from '../src/sync/page-environment.ts';
import { makeTransport } from '../src/sync/transport.ts';

/** More than any drill needs; a device that goes on for longer storms the server. */
const EXCHANGES_MAX = 60;

export interface DeviceOptions {
  readonly userKey: string;
  readonly planId: string;
  /** Where the host listens now. */
  readonly hostUrl: () => string;
}

export class Device {
  readonly userKey: string;
  /** Everything that was done here and may be sent, in order. */
  readonly edits: Edit[] = [];
  /** Why the server had this device start anew. */
  readonly resets: string[] = [];
  readonly #options: DeviceOptions;
  readonly #disk = new IDBFactory();
  #replica: Replica | null = null;

  private constructor(options: DeviceOptions) {
    this.userKey = options.userKey;
    this.#options = options;
  }

  static async open(options: DeviceOptions): Promise<Device> {
    const device = new Device(options);
    await device.reopen();
    return device;
  }

  /** As after a crash of the browser: what is not on the disk is forgotten. */
  async reopen(): Promise<void> {
    const { userKey, planId } = this.#options;
    this.#replica?.database.close();
    globalThis.indexedDB = this.#disk;
    // What was taken into a later edit before it was sent never was an edit for the server.
    const onJoin = ({ id }: Edit) => {
      const at = this.edits.findIndex((edit) => edit.id === id);
      if (at >= 0) this.edits.splice(at, 1);
    };
    const environment = { clock: Date.now, newId: randomUUID, changedRowsMax: 10, onJoin };
    this.#replica = await Replica.open(
      { site: 'drill', userKey, planId },
      { key: userKey, name: userKey },
      environment,
    );
  }

  get view(): PlanView {
    return this.#opened().view();
  }

  async edit(label: string, ops: readonly Op[]): Promise<string> {
    const replica = this.#opened();
    await replica.edit(label, ops);
    const edit = replica.queue.at(-1)?.edit;
    expect(edit?.label).toBe(label);
    if (edit) this.edits.push(edit);
    return edit?.id ?? '';
  }

  /** Exchanges until there is nothing more to do. */
  async sync(): Promise<void> {
    const replica = this.#opened();
    const exchange = makeExchange(
      replica,
      makeTransport('', { ...pageWire(globalThis), fetch: this.#fetch }, this.userKey),
    );
    for (let i = 0; i < EXCHANGES_MAX; i += 1) {
      const exchanged = await exchange();
      expect(exchanged?.trouble ?? null).toBeNull();
      if (!exchanged?.isMoreToDo) return;
    }
    throw new Error(`${this.userKey} does not come to rest: ${this.resets.join(', ')}`);
  }

  readonly #fetch: typeof fetch = async (path, init) => {
    const headers = new Headers(init?.headers);
    headers.set('X-Macroplan-Dev-User', this.userKey);
    const url = this.#options.hostUrl().replace('localhost', '127.0.0.1') + BASE_PATH + String(path);
    const response = await fetch(url, { ...init, headers });
    const reset = /"reset":"(\w+)"/.exec(await response.clone().text())?.[1];
    if (reset) this.resets.push(reset);
    return response;
  };

  #opened(): Replica {
    if (!this.#replica) throw new Error('the device is not open');
    return this.#replica;
  }
}
