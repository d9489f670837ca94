import type { DayRange } from '#domain/day.ts';
import type { Granularity } from '../view/periods.ts';

/** Parameters that filter costs. */
type Selection = readonly (readonly [string, string])[];

type Grouping = { by?: readonly string[]; granularity?: Granularity; periods?: readonly DayRange[] };

/** The path of costs by group and period, the highest cost first. */
export function costsPath(
  { from, to }: DayRange,
  selection: Selection,
  { by = [], granularity, periods = [] }: Grouping,
): string {
  const query = [
    ['from', from],
    ['to', to],
    ...by.map((name) => ['group_by', name]),
    ...(granularity ? [['granularity', granularity]] : []),
    ...periods.map((period) => ['period', `${period.from}/${period.to}`]),
    ['limit', '10000'],
    ...selection,
  ];
  return `/v1/costs?${new URLSearchParams(query as [string, string][])}`;
}

/** The path of how the days of all organizations, or of one, stand to OpenAI's own totals. */
export function reconciliationPath({ from, to }: DayRange, integration: string | undefined): string {
  return `/v1/reconciliation?${new URLSearchParams({ from, to, ...(integration !== undefined && { integration_id: integration }) })}`;
}

/** The path of the month, without what the page reckons itself or asks for elsewhere. */
export const summaryPath = (selection: Selection) =>
  `/v1/costs/summary?${new URLSearchParams([['exclude', 'top_movers,unit_costs,reconciliation'], ...selection] as [string, string][])}`;

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
