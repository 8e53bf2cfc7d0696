/**
 * A TCP proxy between browser and host: it counts requests, and can hold an answer back for ever after the host has had
 * the whole request. It works below HTTP, as a cable does, so that the browser sees a connection that died.
 */
import { connect, createServer, type Socket } from 'node:net';

export interface CountingProxy {
  readonly url: string;
  /** Requests so far whose first line matches. */
  count(pattern: RegExp): number;
  /** The next POST reaches the host; its answer does not come back, and the connection is cut. Resolves after that. */
  loseNextAnswer(): Promise<void>;
  close(): Promise<void>;
}

export async function countingProxy(hostUrl: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(hostUrl);
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  let onLost: (() => void) | null = null;

  const server = createServer((browser) => {
    const host = connect(Number(port), hostname);
    let isLosing = false;
    for (const socket of [browser, host]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    browser.on('close', () => host.destroy());
    host.on('close', () => browser.destroy());
    browser.on('data', (data) => {
      const started = [...data.toString('latin1').matchAll(/^(?:GET|POST) \S+ HTTP\/1\.1\r$/gm)].map(([line]) => line);
      lines.push(...started);
      if (onLost && started.some((line) => line.startsWith('POST'))) isLosing = true;
      host.write(data);
    });
    host.on('data', (data) => {
      if (!isLosing) {
        browser.write(data);
        return;
      }
      browser.resetAndDestroy();
      onLost?.();
      onLost = null;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    url: `http://localhost:${address.port}`,
    count: (pattern) => lines.filter((line) => pattern.test(line)).length,
    loseNextAnswer: () =>
      new Promise((resolve) => {
        onLost = resolve;
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
