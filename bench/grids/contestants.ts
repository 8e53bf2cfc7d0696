/** Which grids are measured, each bundled for the page with its styles, as minified as the macro itself. */
import { build } from 'esbuild';
import { ROOT } from '../../infra/root.ts';

export interface Grid {
  readonly name: string;
  readonly title: string;
  readonly script: string;
  readonly style?: string;
}

export const GRIDS: readonly Grid[] = [
  { name: 'ours', title: 'Macroplan', script: 'bench/grids/page/ours.ts', style: 'src/views/app.css' },
  { name: 'dhtmlx', title: 'dhtmlxGantt', script: 'bench/peers/dhtmlx-gantt.ts' },
  { name: 'svar', title: 'SVAR React Gantt', script: 'bench/peers/svar-gantt.ts' },
  { name: 'slickgrid', title: 'SlickGrid, no bars', script: 'bench/peers/slickgrid.ts' },
  { name: 'revogrid', title: 'RevoGrid, no bars', script: 'bench/peers/revogrid.ts' },
];

/** The page of a grid: 1440 by 900, nothing else in it. */
export async function pageOf({ name, script, style }: Grid): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    bundle: true,
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    entryPoints: style === undefined ? [script] : [script, style],
    format: 'iife',
    legalComments: 'none',
    loader: { '.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty', '.svg': 'dataurl', '.png': 'dataurl' },
    logLevel: 'error',
    minify: true,
    outdir: name,
    target: 'es2022',
    write: false,
  });
  const texts = (end: string) => outputFiles.filter(({ path }) => path.endsWith(end)).map(({ text }) => text);
  const styles = texts('.css').map((text) => `<style>${text}</style>`);
  const scripts = texts('.js').map((text) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`);
  const room = '<style>html, body { margin: 0 } #root { height: 900px; width: 1440px }</style>';
  return `<!doctype html><meta charset="utf-8">${styles.join('')}${room}<div id="root"></div>${scripts.join('')}`;
}
