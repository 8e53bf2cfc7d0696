/** The standalone page, its service worker and the hashed files: the same for everybody, signed in or not, and without data. */
import type { FastifyInstance } from 'fastify';
import { BASE_PATH } from './base-path.ts';
import type { BuildOutput } from './build-output.ts';
import { Problem } from './problem.ts';

export interface PageSettings {
  readonly build: BuildOutput;
  /** Goes into the page's head: what only this host adds. */
  readonly head: string;
}

/**
 * No inline script runs, so nothing that a planner types can become one. Inline styles stay allowed: bars are placed by
 * them. Frames only by our own pages.
 */
export const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

export function pageRoutes(app: FastifyInstance, { build, head }: PageSettings): void {
  const page = build.page.replace('</head>', () => `${head}</head>`);

  app.get('/app', async (_request, reply) =>
    reply
      .header('content-security-policy', PAGE_POLICY)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page),
  );

  app.get('/sw', async (_request, reply) =>
    reply
      .header('service-worker-allowed', `${BASE_PATH}/`)
      .header('cache-control', 'no-cache')
      .type('text/javascript; charset=utf-8')
      .send(build.serviceWorker),
  );

  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const asset = build.assets.get(request.params.name);
    if (asset === undefined) throw new Problem('not_found', 'There is no such file in this version. Reload the page.');
    return reply.header('cache-control', 'private, max-age=31536000, immutable').type(asset.type).send(asset.bytes);
  });
}
