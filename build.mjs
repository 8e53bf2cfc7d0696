// Builds the browser bundle into dist/, or runs a TypeScript script on Node: `node build.mjs run FILE [args…]`.
// Node 20 cannot strip types, so a script is bundled first; npm packages stay outside the bundle.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const target = 'es2022';

/** Writes one asset under a name that carries its content's hash, and returns that name. */
async function writeAsset(name, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  const hashed = `${stem}-${hash}${ext}`;
  await writeFile(path.join(ROOT, 'dist', hashed), contents);
  return hashed;
}

async function bundle(entry, options = {}) {
  const result = await build({
    absWorkingDir: ROOT,
    bundle: true,
    charset: 'utf8',
    entryPoints: [entry],
    format: 'iife',
    legalComments: 'none',
    logLevel: 'warning',
    minify: true,
    outdir: 'dist',
    sourcemap: false,
    target,
    write: false,
    ...options,
  });
  return Buffer.from(result.outputFiles[0].contents);
}

/** `import './x.css'` in a script of the macro: the sheet is part of that script's file, and in the page before the rest of it runs. */
const styleSheets = {
  name: 'style-sheets',
  load: {
    filter: { id: /\.css$/ },
    handler: async (id) => ({
      code: `import { adopt } from ${JSON.stringify(path.join(ROOT, 'src/views/adopt.ts'))};
adopt(${JSON.stringify((await bundle(id)).toString().trim())});`,
      moduleType: 'js',
    }),
  },
};

/**
 * The macro as modules: the script of the page, and a file for each part that it imports later (docs/decisions/0020).
 * Rolldown, because it leaves what both need in the page's script, where esbuild would make a third file to wait for.
 */
async function writeScripts() {
  const bundled = await rolldown({
    cwd: ROOT,
    input: { macroplan: 'src/main.ts' },
    platform: 'browser',
    plugins: [styleSheets],
    transform: { target },
  });
  const names = '[name]-[hash:10].js';
  const { output } = await bundled.write({
    dir: 'dist',
    minify: true,
    hashCharacters: 'hex',
    entryFileNames: names,
    chunkFileNames: names,
    // What the page's script needs is in it, and what hands need, which is fetched next, in one file too; else the page would
    // learn of a second file only after the first came.
    codeSplitting: {
      includeDependenciesRecursively: true,
      groups: [
        { name: 'page', test: /src\/(main|views\/adopt)\.ts$/, priority: 1 },
        {
          name: 'hands',
          test: /src\/views\/(planner\/hands|shell\/(chip-popup|help|waiting-drafts)|menu|dialog)\.ts$|css\/form\.css$/,
        },
      ],
    },
  });
  await bundled.close();
  // The first is the entry.
  return output.map(({ fileName }) => fileName);
}

/**
 * dist/ gets `macroplan-HASH.js` and the modules that it imports, `macroplan-HASH.css`, `sw.js`, `standalone.html` and
 * `manifest.json`, which names them. The host serves the hashed names from /assets and the two others from /app and /sw.
 */
export async function buildBrowser() {
  await rm(path.join(ROOT, 'dist'), { recursive: true, force: true });
  await mkdir(path.join(ROOT, 'dist'), { recursive: true });
  const scripts = await writeScripts();
  const [script] = scripts;
  const style = await writeAsset('macroplan.css', await bundle('src/views/app.css'));
  const template = await readFile(path.join(ROOT, 'src/standalone.html'), 'utf8');
  const assets = [...scripts, style];
  const version = createHash('sha256').update(assets.join(' ')).update(template).digest('hex').slice(0, 12);
  const define = { BUILD: JSON.stringify({ version, assets }) };
  await writeFile(path.join(ROOT, 'dist/sw.js'), await bundle('src/service-worker.ts', { define }));
  const page = template.replaceAll('%SCRIPT%', `assets/${script}`).replaceAll('%STYLE%', `assets/${style}`);
  await writeFile(path.join(ROOT, 'dist/standalone.html'), page);
  await writeFile(path.join(ROOT, 'dist/manifest.json'), JSON.stringify({ version, script, style, assets }, null, 2));
}

async function run(file, args) {
  process.env.MACROPLAN_ROOT = ROOT;
  // Beside package.json, so that imports of packages are found; one file a process, so that two runs never collide.
  const outfile = path.join(ROOT, '.build', `${path.parse(file).name}-${process.pid}.mjs`);
  await build({
    absWorkingDir: ROOT,
    bundle: true,
    entryPoints: [file],
    format: 'esm',
    logLevel: 'warning',
    outfile,
    packages: 'external',
    platform: 'node',
    sourcemap: 'inline',
    target: 'node20',
  });
  process.argv = [process.argv[0], file, ...args];
  process.once('exit', () => rmSync(outfile, { force: true }));
  await import(pathToFileURL(outfile).href);
}

const [command, file, ...args] = process.argv.slice(2);
if (command === 'run' && file) await run(file, args);
else if (command === undefined) await buildBrowser();
else {
  console.error(
    'usage: node build.mjs            build the browser bundle\n       node build.mjs run FILE   run a script',
  );
  process.exitCode = 2;
}
