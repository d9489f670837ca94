import { type Filters, filterParameters } from './view.ts';

type Days = { from: string; to: string };

/** Paths of the questions that a view consists of. */
export const groupsPath = ({ from, to }: Days, by: string, filters: Filters) =>
  path([
    ...range(from, to),
    ['group_by', by],
    ['compare', 'previous_period'],
    ['limit', '10000'],
    ...filterParameters(filters),
  ]);

export const dailyPath = ({ from, to }: Days, filters: Filters) =>
  path([...range(from, to), ['granularity', 'day'], ['limit', '10000'], ...filterParameters(filters)]);

/** Day by day, of some values alone: what is drawn in colours of their own. */
export const dailyGroupsPath = ({ from, to }: Days, by: string, values: readonly string[], filters: Filters) =>
  path([
    ...range(from, to),
    ['granularity', 'day'],
    ['group_by', by],
    ['limit', '10000'],
    ...filterParameters({ ...filters, [by]: values }),
  ]);

export const summaryPath = (filters: Filters) => `/v1/costs/summary?${new URLSearchParams(filterParameters(filters))}`;

const range = (from: string, to: string): [string, string][] => [
  ['from', from],
  ['to', to],
];
const path = (parameters: [string, string][]) => `/v1/costs?${new URLSearchParams(parameters)}`;
