/** Every table with rows of an integration, in the order in which they are purged: the integration itself last. */
export const INTEGRATION_TABLES = [
  'cost_days',
  'usage_days',
  'day_reads',
  'cost_day_revisions',
  'name_records',
  'limit_days',
  'alert_events',
  'integration_records',
] as const;
export type IntegrationTable = (typeof INTEGRATION_TABLES)[number];

/**
 * The tables whose versions say whether anything changed. Days are left out: what writes them then writes day_reads,
 * and counting their rows, which are wide, took longer than many an answer.
 */
export const REVISION_TABLES = ['day_reads', 'name_records', 'limit_days', 'integration_records'] as const;
