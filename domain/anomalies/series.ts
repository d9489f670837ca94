import { CAUSE_DIMENSIONS, type CostChange } from '../causes/cost-change.ts';
import type { Day } from '../day.ts';
import type { Decimal } from '../decimal.ts';

/**
 * What is judged: beside what explains costs, the organization as a whole, whose value is ''. What is new is told by that
 * alone.
 */
export const SUBJECT_DIMENSIONS = [...CAUSE_DIMENSIONS, 'organization'] as const;

/** A project, an API key, a model, a line item, or the organization. */
export type CostSubject = { dimension: (typeof SUBJECT_DIMENSIONS)[number]; value: string; currency: string };

/** The recurring costs of a subject by day, without credits and one-off charges; none of a day that is not there. */
export type CostSeries = CostSubject & { amounts: ReadonlyMap<Day, Decimal> };

export const isSameSubject = (a: CostSubject, b: CostSubject): boolean =>
  a.dimension === b.dimension && a.value === b.value && a.currency === b.currency;

/** Whether a change is one of the subject's costs. */
export const isOf = (change: CostChange, { dimension, value, currency }: CostSubject): boolean =>
  (dimension === 'organization' || change[dimension] === value) && change.currency === currency;
