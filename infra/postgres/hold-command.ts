/** Starts PostgreSQL in the folder that is named and holds it until this process ends; tests end it in every way. */
import { startPostgres } from './embedded.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('usage: hold-command.ts FOLDER');
const { url } = await startPostgres({ dataDir });
console.log(url);
