import type { Day, DayRange } from '#domain/day.ts';

/** `organization_id`: the organization whose costs are read; missing or '' where it is not known. */
export type CostsQuery = DayRange & { organization_id?: string };

/** What one day's response lists of another organization: how many rows, and their sum as canonical decimal text. */
export type ForeignCosts = { day: Day; organization_id: string; facts: number; amount: string; currency: string };
