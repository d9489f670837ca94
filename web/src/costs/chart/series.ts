import { addDecimals, negateDecimal } from '#domain/decimal.ts';
import { othersColour } from '../data/colours.ts';
import type { Answers } from '../data/fetch-costs.ts';
import { labelOf } from '../view/dimensions.ts';

/** One colour of the chart: amounts by day, as decimal text. `value` is null for all others together. */
export type Series = { value: string | null; name: string; colour: string; amounts: ReadonlyMap<string, string> };

/** What the chart draws: the dearest values, and what is left of each day. */
export function toSeries(answers: Answers, colours: ReadonlyMap<string, string>): Series[] {
  const { view, groups, daily, drawn, dailyGroups } = answers;
  const rows = Map.groupBy(dailyGroups?.data ?? [], (row) => row[view.by] ?? '');
  const named = drawn.map((value) => {
    const own = rows.get(value) ?? [];
    return {
      value,
      name: labelOf(view.by, value, own[0]?.project_name),
      colour: colours.get(value) ?? othersColour,
      amounts: byDay(own),
    };
  });
  if (groups.data.filter(({ amount }) => amount !== '0').length === drawn.length) return named;
  const left = new Map(byDay(daily.data));
  for (const { amounts } of named) {
    for (const [day, amount] of amounts) left.set(day, addDecimals(left.get(day) ?? '0', negateDecimal(amount)));
  }
  return [...named, { value: null, name: 'All others', colour: othersColour, amounts: left }];
}

const byDay = (rows: Answers['daily']['data']) => new Map(rows.map(({ period, amount }) => [period ?? '', amount]));
