import { subtractDecimals } from '#domain/decimal.ts';
import { othersColour } from '../data/colours.ts';
import type { ViewCosts } from '../data/view-costs.ts';

/** One colour of the chart with its amounts by day, decimal text. `value` is null for all others together. */
export type Series = { value: string | null; name: string; colour: string; amounts: ReadonlyMap<string, string> };

/** What the chart draws: the values with the highest cost, and the rest of each day. */
export function toSeries(costs: ViewCosts, colours: ReadonlyMap<string, string>): Series[] {
  const { view, groups, daily, drawn, dailyGroups, labels } = costs;
  const rows = Map.groupBy(dailyGroups.data, (row) => row[view.by] ?? '');
  const series = drawn.map((value) => {
    const ofValue = rows.get(value) ?? [];
    return {
      value,
      name: labels.get(value) ?? value,
      colour: colours.get(value) ?? othersColour,
      amounts: byDay(ofValue),
    };
  });
  const others = groups.data.filter(({ amount }) => amount !== '0').length - drawn.length;
  if (others === 0) return series;
  const rest = new Map(byDay(daily.data));
  for (const { amounts } of series) {
    for (const [day, amount] of amounts) rest.set(day, subtractDecimals(rest.get(day) ?? '0', amount));
  }
  return [
    ...series,
    { value: null, name: others === 1 ? 'One other' : `The ${others} others`, colour: othersColour, amounts: rest },
  ];
}

const byDay = (rows: ViewCosts['daily']['data']) => new Map(rows.map(({ period, amount }) => [period ?? '', amount]));
