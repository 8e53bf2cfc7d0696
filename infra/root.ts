/** The repository's root: scripts are bundled before they run, so their own place on disk says nothing. */
export const ROOT = process.env.MACROPLAN_ROOT ?? process.cwd();
