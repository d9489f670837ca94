import type { DayRange } from '#domain/day.ts';

type Selection = readonly (readonly [string, string])[];

/** The path of a question about sums; the dearest group comes first. */
export function sumsPath(
  { from, to }: DayRange,
  selection: Selection,
  about: { by?: readonly string[]; daily?: boolean },
) {
  const { by = [], daily } = about;
  const query = [
    ...Object.entries({ from, to }),
    ...by.map((name) => ['group_by', name]),
    ...(daily ? [['granularity', 'day']] : []),
    ['limit', '10000'],
    ...selection,
  ];
  return `/v1/costs?${new URLSearchParams(query as [string, string][])}`;
}

export const summaryPath = (selection: Selection) =>
  `/v1/costs/summary?${new URLSearchParams(selection as [string, string][])}`;

/** Values that a filter can have, the dearest first. */
export const valuesPath = (name: string, { from, to }: DayRange, about: { search?: string; limit: number }) =>
  `/v1/dimensions/${name}?${new URLSearchParams({ from, to, ...(about.search && { search: about.search }), limit: String(about.limit) })}`;

export type DimensionValues = { data: { value: string; name: string }[] };
