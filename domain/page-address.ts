import { addDays, type DayRange, monthStart } from './day.ts';

/** What the page groups and filters costs by, in its order. It filters by one organization and one currency, too. */
export const pageDimensions = [
  'project_id',
  'model',
  'api_key_id',
  'user_id',
  'token_type',
  'service',
  'api_source',
  'service_tier',
] as const;

type Costs = {
  /** By dimension, the values that count. */
  filters: Readonly<Record<string, readonly string[]>>;
  integration_id?: string | null;
  currency?: string | null;
  /** Without them, the page shows the current month. */
  days?: DayRange;
};

/**
 * The parameters of the page's address that show just these costs. Undefined where the page lacks one of the filters: it
 * would pass it over, and show other costs.
 */
export function pageQuery({ filters, integration_id, currency, days }: Costs): string | undefined {
  const selected = Object.entries({ ...filters, ...(integration_id && { integration_id: [integration_id] }) });
  const isKnown = ([name, values]: [string, readonly string[]]) =>
    pageDimensions.some((each) => each === name) || (name === 'integration_id' && values.length === 1);
  if (!selected.every(isKnown)) return undefined;
  const query = [
    ...(days ? [['range', rangeOf(days)]] : []),
    ...selected.flatMap(([name, values]) => values.map((value) => [name, value])),
    // The page's own choice, where there are several.
    ...(currency && currency !== 'usd' ? [['currency', currency]] : []),
  ];
  return String(new URLSearchParams(query as [string, string][]));
}

/** The parameters of the page of alerts that show just this one. */
export const alertQuery = (id: string): string => String(new URLSearchParams({ alert: id }));

/** As the page writes it: a month, which it knows how to compare, or days with both in the range. */
const rangeOf = ({ from, to }: DayRange) =>
  from.endsWith('-01') && to === monthStart(from, 1) ? from.slice(0, 7) : `${from}..${addDays(to, -1)}`;
