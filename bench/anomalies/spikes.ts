import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';
import type { Reason } from '#domain/causes/explain-costs.ts';
import { addDays, type Day } from '#domain/day.ts';
import type { Bill, Line } from './bill.ts';

/** What is put into a year, and what it is to be explained by. */
export type Spike = {
  kind: keyof typeof KINDS;
  from: Day;
  days: number;
  excess: number;
  reason: Reason;
  hits: Partial<Line>;
};

const scaled = (amount: bigint, factor: number) => (amount * BigInt(Math.round(factor * 1000))) / 1000n;
const used = (line: Line, factor: number): Line => ({
  ...line,
  amount: scaled(line.amount, factor),
  quantity: line.quantity && scaled(line.quantity, factor),
});

/** Each takes a line of what it hits and returns what is billed in its place. */
const KINDS = {
  'a key runs in a loop for a day: 5 × its use': {
    days: 1,
    by: 'api_key_id',
    reason: 'quantity',
    change: (line: Line) => [used(line, 5)],
  },
  'a key doubles its use for three days': {
    days: 3,
    by: 'api_key_id',
    reason: 'quantity',
    change: (line: Line) => [used(line, 2)],
  },
  'a line item costs three times as much for three days': {
    days: 3,
    by: 'line_item',
    reason: 'unit_price',
    change: (line: Line) => [{ ...line, amount: scaled(line.amount, 3) }],
  },
  'a new key spends in a project for a day': {
    days: 1,
    by: 'project_id',
    reason: 'new_api_key',
    change: (line: Line) => [line, { ...used(line, 1.5), api_key_id: 'key_leaked' }],
  },
  'a new model is tried in a project for a day': {
    days: 1,
    by: 'project_id',
    reason: 'new_model',
    change: (line: Line) => [line, { ...used(line, 2), model: 'gpt-7', line_item: 'gpt-7, output' }],
  },
  'a project costs 1.5 times as much for a week': {
    days: 7,
    by: 'project_id',
    reason: 'quantity',
    change: (line: Line) => [used(line, 1.5)],
  },
} as const satisfies Record<string, { days: number; by: keyof Line; reason: Reason; change: (line: Line) => Line[] }>;

export const SPIKE_KINDS = Object.keys(KINDS) as (keyof typeof KINDS)[];

/** One in so many days, beside credits and one-off charges that must not be told. */
const EVERY_DAYS = 18;
/** What it hits has at least this share of the costs of its first day. */
const MIN_SHARE = 0.05;

/** A year with spikes, credits and one-off charges at days that follow from the seed alone. */
export function withSpikes(seed: string, bill: Bill, from: Day): { bill: Bill; spikes: Spike[] } {
  const random = randomFrom(`spikes of ${seed}`);
  const changed: Bill = new Map(bill);
  const days = [...bill.keys()].filter((day) => day >= from);
  const spikes: Spike[] = [];
  for (let at = 3; at + 8 < days.length; at += EVERY_DAYS) {
    const kind = SPIKE_KINDS[spikes.length % SPIKE_KINDS.length] as keyof typeof KINDS;
    const { days: length, by, reason, change } = KINDS[kind];
    // Weeks begin on Mondays; others on a working day, when there is use to multiply.
    let first = days[at + Math.floor(random() * 4)] as Day;
    const isStart = (day: Day) => (length === 7 ? weekday(day) === 1 : weekday(day) >= 1 && weekday(day) <= 4);
    while (!isStart(first)) first = addDays(first, 1);
    const value = pick(bill.get(first) ?? [], by, random);
    if (value === undefined) continue;
    let excess = 0n;
    for (let day = first; day < addDays(first, length); day = addDays(day, 1)) {
      const lines = bill.get(day) ?? [];
      const then = lines.flatMap((line) => (line[by] === value && line.amount > 0n ? change(line) : [line]));
      if (day === first) excess = total(then) - total(lines);
      changed.set(day, then);
    }
    spikes.push({
      kind,
      from: first,
      days: length,
      excess: Number(excess / 10n ** 33n) / 1e6,
      reason,
      hits: { [by]: value },
    });
  }
  for (const day of days) {
    const roll = random();
    if (roll > 1 / 15) continue;
    const lines = changed.get(day) ?? [];
    const amount = total(bill.get(day) ?? []) * (roll < 1 / 30 ? -3n : 5n);
    const charge = {
      project_id: lines[0]?.project_id ?? '',
      api_key_id: '',
      model: '',
      line_item: `charge of ${day.slice(0, 7)}`,
    };
    changed.set(day, [...lines, { ...charge, amount, quantity: null }]);
  }
  return { bill: changed, spikes };
}

const weekday = (day: Day) => new Date(day).getUTCDay();
const total = (lines: readonly Line[]) => lines.reduce((sum, { amount }) => sum + amount, 0n);

/** One of the values that have enough of the day's costs. */
function pick(lines: readonly Line[], by: 'api_key_id' | 'line_item' | 'project_id', random: () => number) {
  const sums = new Map<string, bigint>();
  for (const line of lines) if (line[by]) sums.set(line[by], (sums.get(line[by]) ?? 0n) + line.amount);
  const enough = (total(lines) * BigInt(MIN_SHARE * 100)) / 100n;
  const values = [...sums].filter(([, sum]) => sum > enough).map(([value]) => value);
  return values[Math.floor(random() * values.length)];
}
