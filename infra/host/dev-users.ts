/** The people of `MACROPLAN_AUTH=dev`. Any other name, `signed-out` for one, is nobody: a lost session to try things with. */
export const DEV_USERS: ReadonlyMap<string, { readonly name: string; readonly isAdmin: boolean }> = new Map([
  ['viewer', { name: 'Viewer', isAdmin: false }],
  ['planner-a', { name: 'Planner A', isAdmin: false }],
  ['planner-b', { name: 'Planner B', isAdmin: false }],
  ['lead', { name: 'Lead', isAdmin: false }],
  ['admin', { name: 'Admin', isAdmin: true }],
]);

/** Tells a page whom it may offer to switch to. */
export const DEV_USERS_META = `<meta name="macroplan-dev-users" content="${[...DEV_USERS.keys()].join(' ')}">`;
