import { expect, test } from 'vitest';
import { addDays, type Day, daysOf } from '#domain/day.ts';
import { type Decimal, parseDecimal, sumDecimals } from '#domain/decimal.ts';
import { type Call, KEY, provider } from '../providers/openai/provider.ts';
import { dollars, FROM, type Report, report, respondTo } from './fake-report.ts';
import { checkFuzz } from './fuzz.ts';

/** What a day's rows sum up to, by other means than the product's. */
function billed({ days }: Report, day: Day, isOwn: boolean): Decimal | undefined {
  const rows = days[(Date.parse(day) - Date.parse(FROM)) / 86_400_000] ?? [];
  const cents = rows.filter(({ organization }) => (organization !== 'org-2') === isOwn).map((row) => row.cents);
  return parseDecimal(dollars(cents.reduce((sum, one) => sum + one, 0)));
}

/** Where no row is of the key's organization, the days with rows of another: it may have been told wrongly. */
function ofOthersAlone({ days }: Report): Day[] {
  const isOf = (id: string) => (row: Report['days'][number][number]) => row.organization === id;
  if (days.flat().some(isOf('org-1'))) return [];
  return days.flatMap((rows, index) => (rows.some(isOf('org-2')) ? [addDays(FROM, index)] : []));
}

test('money in is money out, day by day, or a typed error that says which day', async () => {
  let respond: (call: Call) => ReturnType<typeof respondTo> = () => ({ status: 500, body: '' });
  const { openai, calls } = await provider((call) => respond(call));

  const holds = async (sent: Report) => {
    const before = calls.length;
    respond = (call) => respondTo(call, sent, call.index - before);
    const window = { from: FROM, to: addDays(FROM, sent.days.length), organization_id: 'org-1' };
    const costs = await openai.costs(KEY, window).catch((error: unknown) => {
      // Pages that break off where days are missing: a retry reads them again.
      expect(error).toMatchObject({ name: 'ProviderError', kind: 'incomplete_window' });
      expect(sent.daysPerPage).toBeLessThan(12);
    });
    expect(calls.length - before).toBeLessThan(150);
    if (!costs) return;

    const read = [...costs.days.map(({ day }) => day), ...costs.unreadable.map(({ day }) => day)].sort();
    expect(read).toEqual(daysOf(window));
    if (sent.rowsPerPage === 1_000) expect(costs.unreadable.map(({ day }) => day)).toEqual(ofOthersAlone(sent));
    const isRefused = (day: Day) =>
      day >= addDays(FROM, sent.refusedFrom) && day < addDays(FROM, sent.refusedFrom + sent.refusedDays);
    for (const { day, facts, dropped } of costs.days) {
      const foreign = costs.foreign.filter((one) => one.day === day).map(({ amount }) => amount);
      expect([day, sumDecimals(facts.map(({ amount }) => amount))]).toEqual([day, billed(sent, day, true)]);
      expect([day, sumDecimals(foreign)]).toEqual([day, billed(sent, day, false)]);
      expect(facts.every(({ api_key_id, project_id }) => api_key_id !== '' && project_id !== '')).toBe(true);
      if (sent.rowsPerPage === 1_000) expect([day, dropped]).toEqual([day, isRefused(day) ? ['user_id'] : []]);
    }
  };
  await checkFuzz([report], holds, 150);
});
