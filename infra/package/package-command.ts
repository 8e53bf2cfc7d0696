/** `npm run package`: writes dist-package/macroplan-scriptrunner-RELEASE.tar.gz. */
import path from 'node:path';
import { ROOT } from '../root.ts';
import { writePackage } from './package.ts';

const place = await writePackage(path.join(ROOT, 'dist-package'));
console.log(`${path.relative(ROOT, place)} is what goes to a server; scriptrunner/INSTALL.md says how.`);
