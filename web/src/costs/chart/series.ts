import { addDecimals, subtractDecimals } from '#domain/decimal.ts';
import { othersColour } from '../data/colours.ts';
import type { ViewCosts } from '../data/view-costs.ts';

/** One colour of the chart with its amounts by the first day of their period, decimal text. `value` is null for all others together. */
export type Series = { value: string | null; name: string; colour: string; amounts: ReadonlyMap<string, string> };

/** What the chart draws: the values with the highest cost, and the rest of each period. */
export function toSeries(costs: ViewCosts, colours: ReadonlyMap<string, string>): Series[] {
  const { view, byPeriod, drawn, groupsByPeriod, labels } = costs;
  const rows = Map.groupBy(groupsByPeriod.data, (row) => row[view.by] ?? '');
  const series = drawn.map((value) => {
    const ofValue = rows.get(value) ?? [];
    return {
      value,
      name: labels.get(value) ?? value,
      colour: colours.get(value) ?? othersColour,
      amounts: amountsOf(ofValue),
    };
  });
  const rest = new Map(amountsOf(byPeriod.data));
  // By their periods: what costs nothing in all may have been charged and credited.
  const isOther = ([value, ofValue]: [string, typeof byPeriod.data]) =>
    !drawn.includes(value) && ofValue.some(({ period, amount }) => amount !== '0' && rest.has(period ?? ''));
  const others = [...rows].filter(isOther).length;
  if (others === 0) return series;
  for (const { amounts } of series) {
    for (const [day, amount] of amounts) rest.set(day, subtractDecimals(rest.get(day) ?? '0', amount));
  }
  return [
    ...series,
    { value: null, name: others === 1 ? 'One other' : `The ${others} others`, colour: othersColour, amounts: rest },
  ];
}

/** The same added up from period to period. A missing one adds nothing. */
export const cumulated = (series: readonly Series[], starts: readonly string[]): Series[] =>
  series.map((each) => {
    let sum = '0';
    const amounts = starts.map((start): [string, string] => {
      sum = addDecimals(sum, each.amounts.get(start) ?? '0');
      return [start, sum];
    });
    return { ...each, amounts: new Map(amounts) };
  });

const amountsOf = (rows: ViewCosts['byPeriod']['data']) =>
  new Map(rows.map(({ period, amount }) => [period ?? '', amount]));
