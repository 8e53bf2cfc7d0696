/** The oldest PostgreSQL that the SQL promises to run on (docs/install-database.md). */
import type { TestProject } from 'vitest/node';
import { setUp } from './postgres-setup.ts';

export default (project: TestProject) => setUp(project, 'postgres-14-linux-x64');
