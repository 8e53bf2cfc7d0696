/**
 * Ansible and its linters, in the versions of requirements.txt, in a folder that the next run finds again. The two collections
 * come from the package `ansible` of the Python index, where Galaxy may be out of reach; requirements.yml names the same versions.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../root.ts';

const execute = promisify(execFile);

/** Holds containers.podman 1.16.4 and community.postgresql 3.14.2. */
const COLLECTIONS_FROM = 'ansible==11.7.0';
const COLLECTIONS = ['containers/podman', 'community/postgresql'];

export interface Toolchain {
  /** Of programs. */
  readonly bin: string;
  readonly collections: string;
}

/** Rejects with a sentence where there is no Python, or none that ansible-core runs on. */
export async function ensureToolchain(): Promise<Toolchain> {
  const requirements = path.join(ROOT, 'infra/ansible/requirements.txt');
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .update(COLLECTIONS_FROM)
    .digest('hex')
    .slice(0, 12);
  const folder = path.join(ROOT, 'node_modules/.cache', `ansible-${hash}`);
  const toolchain = { bin: path.join(folder, 'bin'), collections: path.join(folder, 'collections') };
  if (existsSync(path.join(folder, 'whole'))) return toolchain;
  await rm(folder, { recursive: true, force: true });
  await checkPython();
  // Programs of a virtual environment name their folder, so it is made in its place and marked when it is whole.
  await mkdir(folder, { recursive: true });
  await run(
    'python3',
    ['-m', 'venv', folder],
    'Python has no module venv; on Debian it is in the package python3-venv.',
  );
  const pip = [path.join(toolchain.bin, 'pip'), '--quiet', '--disable-pip-version-check'] as const;
  const [program, ...options] = pip;
  await run(program, [...options, 'install', '--requirement', requirements], 'pip cannot install Ansible.');
  const wheels = path.join(folder, 'wheels');
  await run(
    program,
    [...options, 'download', '--no-deps', '--dest', wheels, COLLECTIONS_FROM],
    'pip cannot download the collections.',
  );
  await run(
    path.join(toolchain.bin, 'python3'),
    ['-c', UNPACK, wheels, `${toolchain.collections}.new`, ...COLLECTIONS],
    'The collections cannot be unpacked.',
  );
  await rename(`${toolchain.collections}.new`, toolchain.collections);
  await rm(wheels, { recursive: true });
  await writeFile(path.join(folder, 'whole'), '');
  return toolchain;
}

async function checkPython(): Promise<void> {
  const version = await execute('python3', ['-c', 'import sys; print(sys.version_info >= (3, 11))']).catch(() => null);
  if (version === null)
    throw new Error('The tests of infra/ansible need Python 3.11 or newer, and there is no python3.');
  if (version.stdout.trim() !== 'True') throw new Error('The tests of infra/ansible need Python 3.11 or newer.');
}

async function run(program: string, args: readonly string[], sentence: string): Promise<void> {
  await execute(program, [...args], { maxBuffer: 64 * 1024 * 1024 }).catch((cause) => {
    throw new Error(sentence, { cause });
  });
}

/** A wheel is a zip; of this one, which is large, only what is asked for. */
const UNPACK = `
import glob, sys, zipfile
wheels, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(glob.glob(wheels + '/*.whl')[0]) as wheel:
    for name in wheel.namelist():
        if any(name.startswith('ansible_collections/' + one + '/') for one in wanted):
            wheel.extract(name, target)
`;
