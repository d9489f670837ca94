import type { Costs } from '../../../api/routes/read-costs.ts';
import { addDecimals } from '../../../openai/decimal.ts';
import { othersColour } from './colours.ts';
import { type Dimension, labelOf } from './dimensions.ts';

/** One colour of the chart: amounts by day, as decimal text. `value` is null for all others together. */
export type Series = { value: string | null; name: string; colour: string; amounts: ReadonlyMap<string, string> };

type Parts = {
  by: Dimension;
  /** What is drawn by itself, dearest first. */
  values: readonly string[];
  colours: ReadonlyMap<string, string>;
  daily: Costs;
  dailyGroups: Costs;
  hasOthers: boolean;
};

/** What the chart draws: the dearest values, and what is left of each day. */
export function toSeries({ by, values, colours, daily, dailyGroups, hasOthers }: Parts): Series[] {
  const rows = Map.groupBy(dailyGroups.data, (row) => row[by] ?? '');
  const named = values.map((value) => {
    const own = rows.get(value) ?? [];
    return {
      value,
      name: labelOf(by, value, own[0]?.project_name),
      colour: colours.get(value) ?? othersColour,
      amounts: byDay(own),
    };
  });
  if (!hasOthers) return named;
  const left = new Map(byDay(daily.data));
  for (const { amounts } of named) {
    for (const [day, amount] of amounts) left.set(day, addDecimals(left.get(day) ?? '0', negate(amount)));
  }
  return [...named, { value: null, name: 'All others', colour: othersColour, amounts: left }];
}

const byDay = (rows: Costs['data']) => new Map(rows.map(({ period, amount }) => [period ?? '', amount]));
const negate = (decimal: string) => (decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`);
