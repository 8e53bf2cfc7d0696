/** Numbers and names that MSPDI gives a meaning to, for writing and for reading. */

/** Its fourth kind, start to finish (2), is one that plans here do not have. */
export const LINK_TYPES = { FF: 0, FS: 1, SS: 3 } as const;

/** What a task has no field for travels in its free text fields, whose numbers are Microsoft's. */
export const ATTRIBUTES = {
  code: { id: '188743731', name: 'Text1', alias: 'Macroplan code' },
  kind: { id: '188743734', name: 'Text2', alias: 'Macroplan kind' },
  team: { id: '188743737', name: 'Text3', alias: 'Macroplan team' },
  site: { id: '188743740', name: 'Text4', alias: 'Macroplan site' },
  status: { id: '188743743', name: 'Text5', alias: 'Macroplan status' },
  times: { id: '188743746', name: 'Text6', alias: 'Macroplan times' },
  baselines: { id: '188743747', name: 'Text7', alias: 'Macroplan baselines' },
  labels: { id: '188743748', name: 'Text8', alias: 'Macroplan labels' },
} as const;
