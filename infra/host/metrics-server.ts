/**
 * GET /metrics on a port of its own, so that no proxy rule stands between the counters and the world. Without a name or
 * password: it listens on loopback unless told otherwise, and says nothing about any person or plan.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MetricsSettings {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface Page {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

export interface MetricsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Rejects where the port is taken. */
export async function startMetricsServer({ host, port }: MetricsSettings, page: Page): Promise<MetricsServer> {
  const server = createServer((request, reply) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      reply.writeHead(404).end();
      return;
    }
    page.text().then(
      (text) => reply.writeHead(200, { 'content-type': page.contentType, 'cache-control': 'no-store' }).end(text),
      () => reply.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
