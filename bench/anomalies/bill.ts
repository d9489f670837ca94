import { addDays, type Day } from '#dev/simulators/openai/arithmetic/day.ts';
import type { Exact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { createLedger } from '#dev/simulators/openai/bill/ledger.ts';
import { busyProjects, createOrganization } from '#dev/simulators/openai/organization/organization.ts';
import type { CauseDimension } from '#domain/causes/cost-change.ts';
import { parseLineItem } from '#providers/openai/costs/line-item.ts';

/** A line of the bill. `quantity`: null of what is billed without one. */
export type Line = Readonly<Record<CauseDimension, string>> & { amount: Exact; quantity: Exact | null };
export type Bill = Map<Day, readonly Line[]>;

/** What an invented organization is billed from one day to another. */
export function billOf(seed: string, factsPerDay: number, from: Day, to: Day): Bill {
  const organization = createOrganization(seed, seed, busyProjects);
  const ledger = createLedger({ seed, organization, factsPerDay, longDecimals: false }, () => to);
  const bill: Bill = new Map();
  for (let day = from; day < to; day = addDays(day, 1)) {
    const lines = ledger.facts(day).map(({ project_id, api_key_id, line_item, amount, quantity }) => ({
      project_id: project_id ?? '',
      api_key_id: api_key_id ?? '',
      model: parseLineItem(line_item).model,
      line_item,
      amount,
      quantity,
    }));
    bill.set(day, lines);
  }
  return bill;
}
