/** Every table with rows of an integration, in the order in which they are purged: the integration itself last. */
export const INTEGRATION_TABLES = [
  'cost_days',
  'usage_days',
  'day_reads',
  'cost_day_revisions',
  'name_records',
  'integration_records',
] as const;

/** The tables whose versions say whether anything changed. Revisions are written with cost_days, so they add nothing. */
export const REVISION_TABLES = INTEGRATION_TABLES.filter((table) => table !== 'cost_day_revisions');
