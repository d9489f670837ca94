import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';
import type { Day, DayRange } from '#domain/day.ts';
import type { Bill } from './bill.ts';
import { used } from './spikes.ts';

// What is no anomaly, and must not be told.

/** A bill with a credit of three days' costs, or a one-off charge of five, on one day in 15. */
export function withCharges(seed: string, bill: Bill, from: Day): Bill {
  const random = randomFrom(`charges of ${seed}`);
  return new Map(
    [...bill].map(([day, lines]) => {
      const roll = day >= from ? random() : 1;
      if (roll > 1 / 15) return [day, lines];
      const costs = lines.reduce((sum, { amount }) => sum + amount, 0n);
      const charge = {
        ...{ project_id: lines[0]?.project_id ?? '', api_key_id: '', model: '' },
        line_item: `charge of ${day.slice(0, 7)}`,
        amount: costs * (roll < 1 / 30 ? -3n : 5n),
        quantity: null,
      };
      return [day, [...lines, charge]];
    }),
  );
}

/** A bill of which a fifth is used in some days, as where people are on holiday. */
export const withPause = (bill: Bill, { from, to }: DayRange): Bill =>
  new Map(
    [...bill].map(([day, lines]) => [day, day >= from && day < to ? lines.map((line) => used(line, 0.2)) : lines]),
  );
