/** What the script macro puts into a page, and into what is no page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Profile } from '../../e2e/support/profile.ts';
import { Screen } from '../../e2e/support/screen.ts';
import { startTestHost, type TestHost } from '../../e2e/support/test-host.ts';
import { startNode } from './node.ts';

describe.each([
  { line: 'javax', context: '/wiki' },
  { line: 'jakarta', context: '' },
] as const)('on $line below "$context"', ({ line, context }) => {
  const base = `${context}/rest/scriptrunner/latest/custom/macroplan`;
  let host: TestHost;
  beforeAll(async () => {
    host = await startTestHost((databaseUrl) => startNode({ line, context, databaseUrl }));
  });
  afterAll(() => host?.close());

  const macro = async (query: string, user = 'admin') => {
    const headers = { 'x-macroplan-dev-user': user };
    const reply = await fetch(`${host.url}/stand-in/macro?bare=1&${query}`, { headers });
    return await reply.text();
  };

  test('a page gets one style sheet, one module with a hash in its name, and a place', async () => {
    expect(await macro('plan=DEMO')).toMatch(
      new RegExp(
        `^<link rel="stylesheet" href="${base}/assets/macroplan-[0-9a-f]{10}\\.css"/>` +
          `<script type="module" src="${base}/assets/macroplan-[0-9a-f]{10}\\.js"></script>` +
          `<div data-macroplan="" data-base="${base}" data-plan="DEMO"></div>$`,
      ),
    );
  });

  test('the second macro of a page brings a place and no second script', async () => {
    const html = await macro('plan=DEMO&times=3&output=preview');
    expect([html.match(/<script/g)?.length, html.match(/<link/g)?.length, html.match(/<div/g)?.length]).toEqual([
      1, 1, 3,
    ]);
  });

  test('what somebody typed into a parameter stays text', async () => {
    const evil = '"><script>alert(1)</script>\'&';
    const html = await macro(`plan=${encodeURIComponent(evil)}`);
    expect(html).toContain('data-plan="&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#39;&#38;"');
    const paper = await macro(`output=pdf&plan=${encodeURIComponent(evil)}`);
    expect(paper).not.toMatch(/<script|'|"">/);
  });

  test.each(['pdf', 'word', 'email', 'feed', 'html_export', 'diff', 'PDF'])(
    'an output of %s gets the table, as XHTML without a script',
    async (output) => {
      const html = await macro(`plan=DEMO&iteration=DR1&output=${output}`);
      expect(html).toContain('<table');
      expect(html).toContain(`${base}/app?macroplan-plan=DEMO`);
      expect(html).not.toMatch(/<script|<link|<html|<body/);
      expectWellFormed(html);
    },
  );

  test('who may not read the plan finds a sentence and a link in its place', async () => {
    const html = await macro('plan=NONE&output=pdf');
    expect(html).toMatch(/^<p>There is no such plan, or you may not read it\.<\/p><p><a href="[^"]*">[^<]*<\/a><\/p>$/);
    expect(await macro('plan=DEMO&output=email', 'signed-out')).toMatch(/^<p><a href="[^"]*">[^<]*<\/a><\/p>$/);
  });

  test('the macro comes alive in a browser', async () => {
    const profile = await Profile.create(host.url, 'planner-a');
    try {
      const page = await profile.open('/stand-in/macro?plan=DEMO&macroplan-iteration=DR1');
      await new Screen(page).row('AB').waitFor();
    } finally {
      await profile.remove();
    }
  });
});

/** Every element is closed, in order, as an XML parser wants it. */
function expectWellFormed(html: string): void {
  const open: string[] = [];
  for (const [tag, slash, name = '', self] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (slash) expect(open.pop(), tag).toBe(name);
    else if (!self) open.push(name);
  }
  expect(open).toEqual([]);
  expect(html).not.toMatch(/&(?!(?:amp|lt|gt|quot|#\d+);)/);
}
