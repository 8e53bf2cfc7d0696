/**
 * /confluence: a stand-in for a Confluence Data Center 9 page, for local work. It has that platform's meta tags, colour
 * modes, frame and, above all, its rules for bare elements, so that a style or script of ours that leaks out, or theirs
 * that leaks in, is seen here and not at a customer's. Nothing of it is Atlassian's code.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ROOT } from '../root.ts';
import { BASE_PATH } from './base-path.ts';
import type { BuildOutput } from './build-output.ts';
import { escapeHtml } from './escape-html.ts';
import type { Identity } from './identity.ts';
import { PAGE_POLICY } from './page-routes.ts';

export interface ConfluencePageSettings {
  readonly build: BuildOutput;
  /** Goes into the page's head: what only this host adds. */
  readonly head: string;
}

export async function confluencePage(app: FastifyInstance, { build, head }: ConfluencePageSettings): Promise<void> {
  const read = (name: string) => readFile(path.join(ROOT, 'infra/host/pages', name), 'utf8');
  const [template, style, script] = await Promise.all([
    read('confluence.html'),
    read('confluence.css'),
    read('confluence.js'),
  ]);

  app.get('/confluence', async (request, reply) =>
    reply
      .header('content-security-policy', PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(fill(template, { ...valuesFor(request.identity), '%HEAD%': head, ...assetsOf(build) })),
  );
  app.get('/confluence/page-style', async (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
  app.get('/confluence/page-script', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );
}

type Values = Readonly<Record<string, string>>;

function valuesFor(identity: Identity | null): Values {
  return {
    '%BASE%': BASE_PATH,
    '%USER_KEY%': escapeHtml(identity?.user_key ?? ''),
    '%USER_NAME%': escapeHtml(identity?.display_name ?? 'Log in'),
  };
}

function assetsOf(build: BuildOutput): Values {
  return { '%SCRIPT%': `${BASE_PATH}/assets/${build.script}`, '%STYLE%': `${BASE_PATH}/assets/${build.style}` };
}

/** In one pass, so that a name which looks like a placeholder stays what it is. */
function fill(template: string, values: Values): string {
  return template.replace(/%[A-Z_]+%/g, (name) => values[name] ?? name);
}
