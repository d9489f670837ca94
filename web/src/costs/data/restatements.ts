import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { DayRange } from '#domain/day.ts';
import { subtractDecimals } from '#domain/decimal.ts';
import { longDay } from '../../ui/format/day.ts';
import { roundMoney, signedMoney } from '../../ui/format/money.ts';

/** What is said of each day that OpenAI restated: from what to what, and when that was seen. */
export function restatementsOf(days: readonly IntegrationDay[], currency: string): ReadonlyMap<string, string> {
  const said = new Map<string, string[]>();
  for (const { day, restated_at, restated_from: from, ours: to } of days) {
    if (!restated_at) continue;
    const money = (amount: string) => roundMoney(amount, currency);
    const change =
      from === null || to === null
        ? ''
        : `: ${money(from)} → ${money(to)} (${signedMoney(subtractDecimals(to, from), currency)})`;
    const text = `Restated by OpenAI${change}, seen ${longDay(restated_at)}`;
    said.set(day, [...(said.get(day) ?? []), text]);
  }
  return new Map([...said].map(([day, texts]) => [day, texts.join('; ')]));
}

/** What is said of the restated days of a period. */
export function restatementIn({ from, to }: DayRange, restated: ReadonlyMap<string, string>): string | undefined {
  const days = [...restated.keys()].filter((day) => day >= from && day < to).toSorted();
  if (days.length <= 1) return days[0] && restated.get(days[0]);
  return days.map((day) => `${longDay(day)}: ${restated.get(day)}`).join('; ');
}
