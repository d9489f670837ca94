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
