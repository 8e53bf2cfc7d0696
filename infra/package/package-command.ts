/** `npm run package`: writes two archives into dist-package, for Confluence and for a server that runs the Node host. */
import path from 'node:path';
import { ROOT } from '../root.ts';
import { writeHostArchive } from './host-archive.ts';
import { writePackage } from './package.ts';

const place = await writePackage(path.join(ROOT, 'dist-package'));
console.log(`${path.relative(ROOT, place)} is what goes to a server; scriptrunner/INSTALL.md says how.`);
const host = await writeHostArchive(path.join(ROOT, 'dist-package'));
console.log(`${path.relative(ROOT, host)} is what runs as a service; docs/operations.md says how.`);
