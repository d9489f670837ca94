import type { DayRange } from '#domain/day.ts';
import type { Granularity } from '../view/periods.ts';

/** Parameters that filter costs. */
type Selection = readonly (readonly [string, string])[];

/** The path of costs by group and period, the highest cost first. */
export function costsPath(
  { from, to }: DayRange,
  selection: Selection,
  { by = [], granularity }: { by?: readonly string[]; granularity?: Granularity },
): string {
  const query = [
    ['from', from],
    ['to', to],
    ...by.map((name) => ['group_by', name]),
    ...(granularity ? [['granularity', granularity]] : []),
    ['limit', '10000'],
    ...selection,
  ];
  return `/v1/costs?${new URLSearchParams(query as [string, string][])}`;
}

export const summaryPath = (selection: Selection) =>
  `/v1/costs/summary?${new URLSearchParams(selection as [string, string][])}`;

/** The path of a dimension's values, the highest cost first. */
export function dimensionPath(
  name: string,
  { from, to }: DayRange,
  { search = '', limit }: { search?: string; limit: number },
): string {
  const query = new URLSearchParams({ from, to, ...(search && { search }), limit: String(limit) });
  return `/v1/dimensions/${name}?${query}`;
}

export type DimensionValues = { data: { value: string; name: string; label: string }[] };
