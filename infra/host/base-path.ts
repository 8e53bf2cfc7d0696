/** Where ScriptRunner serves custom endpoints, and so do we: a page cannot tell the two hosts apart. */
export const BASE_PATH = '/rest/scriptrunner/latest/custom/macroplan';
