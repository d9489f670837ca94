import type { DayRange } from '#domain/day.ts';
import type { Granularity } from './fact-table.ts';
import type { Filters } from './select-facts.ts';

export type AggregateQuestion = DayRange & {
  granularity: Granularity;
  /** In place of the granularity: each is a period, in order and apart. The days of no period are left out. */
  periods?: readonly DayRange[] | undefined;
  group_by: readonly string[];
  filters: Filters;
  /** Rows are ordered by their period, then by a measure or the `key`; equal ones in the order of their keys. */
  order: { by: string; descending: boolean };
  limit: number;
  /** Return the groups after this one. */
  after?: Position | undefined;
  /** Whether to compare each group with the same number of days immediately before `from`. */
  compare: boolean;
  /** Only groups whose first key or its name contains this text, in upper or lower case. */
  search?: string | undefined;
  /** Whether each group of the only dimension also gets a label: its name, told apart from equal ones. */
  labels?: boolean;
};

/** A group's place in the requested order. `value` is its measure, `keys` are in the order of `group_by`. */
export type Position = { period: string; value: string; keys: readonly string[] };
