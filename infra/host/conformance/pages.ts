/** The standalone page, its service worker and the hashed files. */
import { describe, expect, test } from 'vitest';
import { type Reply, talkTo } from './talk.ts';

export function pagesConform(baseUrl: () => string): void {
  const host = talkTo(baseUrl);

  /** The files that the page names, as paths below the base path. */
  function assetsOf(page: Reply): readonly string[] {
    return [...page.text.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map((match) => `/${match[1]}`);
  }

  /** The modules that a script imports. */
  function importsOf(script: Reply): readonly string[] {
    return [...script.text.matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)].map((match) => `/assets/${match[1]}`);
  }

  describe('pages', () => {
    test('the standalone page runs no inline script', async () => {
      const page = await host.get('/app');
      expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/html/)]);
      expect(page.headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
      expect(page.headers['cache-control']).toMatch(/no-cache|no-store/);
      for (const [, attributes, content] of page.text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
        expect([attributes, content]).toEqual([expect.stringContaining('src="assets/'), '']);
      }
      expect(page.text).not.toMatch(/\son\w+=|javascript:/i);
    });

    test('every file of the page is kept for a year under a name that carries its content', async () => {
      const paths = new Set(assetsOf(await host.get('/app')));
      // A set is read to its end, what is added meanwhile too.
      for (const path of paths) {
        const reply = await host.get(path);
        const { status, headers } = reply;
        if (path.endsWith('.js')) for (const imported of importsOf(reply)) paths.add(imported);
        expect(status, path).toBe(200);
        expect(path).toMatch(/-[0-9a-f]{10}\.(js|css)$/);
        expect(headers).toMatchObject({
          'cache-control': 'private, max-age=31536000, immutable',
          'content-type': expect.stringMatching(path.endsWith('.js') ? /^text\/javascript/ : /^text\/css/),
          'x-content-type-options': 'nosniff',
        });
      }
      expect(paths.size).toBeGreaterThan(5);
    });

    test('files come compressed to who can unpack them', async () => {
      const [path = ''] = assetsOf(await host.get('/app')).filter((asset) => asset.endsWith('.js'));
      const plain = await host.get(path);
      const packed = await host.get(path, 'planner-a', { 'accept-encoding': 'gzip' });
      expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
      expect(packed.headers.vary).toMatch(/accept-encoding/i);
    });

    test('the service worker may look after the base path and is asked for anew each time', async () => {
      const { status, headers } = await host.get('/sw');
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': expect.stringMatching(/^text\/javascript/),
        'service-worker-allowed': `${new URL(baseUrl()).pathname}/`,
        'cache-control': expect.stringMatching(/no-cache|no-store/),
      });
    });
  });
}
