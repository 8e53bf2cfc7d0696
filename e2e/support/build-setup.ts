/** Before the browser tests: the browser bundle is built from what is in src/ now, and Chromium is there. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../infra/root.ts';
import { chromiumPath } from '../../infra/test/chromium.ts';

export default function setup(): void {
  chromiumPath();
  execFileSync(process.execPath, [path.join(ROOT, 'build.mjs')], { stdio: 'inherit' });
}
