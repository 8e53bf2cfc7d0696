/** The rooms of the tree (DESIGN §3): who may import whom, and who alone may touch the world outside. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = path.resolve('src');
const MAY_IMPORT: { readonly [room: string]: readonly string[] } = {
  store: ['store'],
  sync: ['store', 'sync'],
  views: ['store', 'views'],
  'main.ts': ['store', 'sync', 'views'],
  'service-worker.ts': [],
};
/** Shared by the views, and no view itself. */
const VIEWS_COMMON = 'views';

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'))
  .map((file) => ({ file, text: readFileSync(path.join(SOURCE, file), 'utf8') }));

const imports = files.flatMap(({ file, text }) =>
  [...text.matchAll(/^(?:import|export|\})(?:[^'\n]* from)? '([^'\n]+)';$|import\('([^'\n]+)'\)/gm)].map(
    ([, whole = '', part = '']) => ({ file, target: whole || part }),
  ),
);

const roomOf = (file: string) => file.split('/', 1)[0] ?? '';
const isOfAView = (file: string) => file.split('/').length > 2 && !file.startsWith('views/css/');
const viewOf = (file: string) => (isOfAView(file) ? path.dirname(file) : VIEWS_COMMON);

test('store, sync and views import only what lies below them', () => {
  const wrong = imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ file, target }) => ({ file, target: path.join(path.dirname(file), target) }))
    .filter(({ file, target }) => !MAY_IMPORT[roomOf(file)]?.includes(roomOf(target)));
  expect(files.length).toBeGreaterThan(30);
  expect(wrong).toEqual([]);
});

test('no view imports another view', () => {
  const wrong = imports
    .filter(({ file, target }) => roomOf(file) === 'views' && target.startsWith('.'))
    .map(({ file, target }) => ({ file, target: path.join(path.dirname(file), target) }))
    .filter(({ target }) => roomOf(target) === 'views' && viewOf(target) !== VIEWS_COMMON)
    .filter(({ file, target }) => viewOf(file) !== viewOf(target));
  expect(wrong).toEqual([]);
});

test('the browser bundle has one library, idb', () => {
  const packages = new Set(imports.map(({ target }) => target).filter((target) => !target.startsWith('.')));
  expect([...packages]).toEqual(['idb']);
});

test.each([
  ['open IndexedDB', /\bopenDB\b|\bindexedDB\b/, ['store/database.ts']],
  [
    'fetch data (the service worker fetches the shell)',
    /(?<![.\w])fetch\(/,
    ['service-worker.ts', 'sync/transport.ts'],
  ],
  // Views repaint ages ("4 s ago") as time goes by; they never wait for anything.
  ['set timers', /\bsetTimeout\(|\bsetInterval\(/, ['sync/page-environment.ts', 'views/dom.ts']],
])('only the files named here %s', (_act, pattern, owners) => {
  const found = files.filter(({ text }) => pattern.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
  expect(found.map(({ file }) => file).sort()).toEqual(owners);
});

test('nothing builds HTML from text', () => {
  const pattern = /innerHTML|outerHTML|insertAdjacentHTML|document\.write/;
  expect(files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
});
