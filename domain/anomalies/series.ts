import type { Day } from '../day.ts';
import type { Decimal } from '../decimal.ts';

/** What costs are judged by, the broadest first. */
export const ANOMALY_DIMENSIONS = ['project_id', 'api_key_id', 'model', 'line_item'] as const;
export type AnomalyDimension = (typeof ANOMALY_DIMENSIONS)[number];

/** A project, an API key, a model or a line item. */
export type CostSubject = { dimension: AnomalyDimension; value: string; currency: string };

/** The recurring costs of a subject by day, without credits and one-off charges; none of a day that is not there. */
export type CostSeries = CostSubject & { amounts: ReadonlyMap<Day, Decimal> };

export const isSameSubject = (a: CostSubject, b: CostSubject): boolean =>
  a.dimension === b.dimension && a.value === b.value && a.currency === b.currency;
