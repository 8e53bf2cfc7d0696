/** Every field of every replicated table: what one table that holds all rows must be able to hold. */
import { TABLES } from '../../src/store/schema.ts';

export const FIELDS: readonly string[] = [...new Set(['rev', 'table', ...Object.values(TABLES).flatMap(Object.keys)])];
