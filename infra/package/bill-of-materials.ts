/**
 * What is shipped that is not ours: each library of the Node host in its version, with its licence and the hash of what the
 * registry gave, as CycloneDX says it. npm makes the list from the lock file, so it is what `npm ci --omit=dev` installs.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../root.ts';

export interface Bill {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

export interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

/** The same lock file makes the same bill: when it was made, and in which folder, is left out. */
export async function billOfMaterials(): Promise<Bill> {
  // Its own `--omit dev` forgets a library that a tool uses as well (seen with npm 11.19), so we leave the tools out ourselves.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
  const { serialNumber: _, metadata, ...bill } = JSON.parse(stdout);
  const { timestamp: __, component, ...made } = metadata;
  const shipped = await shippedVersions();
  return only({ ...bill, metadata: { ...made, component: { ...component, name: 'macroplan' } } }, ({ name, version }) =>
    shipped.has(`${name}@${version}`),
  );
}

/** `dev` marks what only a development dependency needs. */
async function shippedVersions(): Promise<ReadonlySet<string>> {
  const { packages } = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly version: string; readonly dev?: boolean }>>;
  };
  const entries = Object.entries(packages).filter(([place, { dev }]) => place !== '' && dev !== true);
  return new Set(entries.map(([place, { version }]) => `${place.replace(/^.*node_modules\//, '')}@${version}`));
}

/** The part of a bill that is about these components. */
export function only(bill: Bill, isWanted: (component: Component) => boolean): Bill {
  const components = bill.components.filter(isWanted);
  const kept = new Set(components.map((component) => component['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
  return { ...bill, components, dependencies };
}

/** A line a library: name, version, licence. */
export function licencesOf({ components }: Bill): string {
  const lines = components.map(({ name, version, ...component }) => `${name} ${version}  ${licenceOf(component)}`);
  return `${[...new Set(lines)].sort().join('\n')}\n`;
}

/** `unknown` where the package does not say. */
export function licenceOf({ licenses = [] }: Pick<Component, 'licenses'>): string {
  const names = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? 'unknown');
  return names.length === 0 ? 'unknown' : names.join(' and ');
}
