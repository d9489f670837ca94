import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';
import type { Reason } from '#domain/causes/causes.ts';
import type { CauseDimension } from '#domain/causes/cost-change.ts';
import { addDays, type Day, type DayRange, lengthOf } from '#domain/day.ts';
import type { Bill, Line } from './bill.ts';

/** What is put into a bill, and what it is to be explained by: `hits` is what all that rises has. */
export type Spike = DayRange & {
  kind: SpikeKind;
  reason: Reason;
  hits: Partial<Record<CauseDimension, string>>;
};

const scaled = (amount: bigint, factor: number) => (amount * BigInt(Math.round(factor * 1000))) / 1000n;
export const used = (line: Line, factor: number): Line => ({
  ...line,
  amount: scaled(line.amount, factor),
  quantity: line.quantity && scaled(line.quantity, factor),
});

type Kind = {
  /** For good where it is missing. */
  days?: number;
  by: 'api_key_id' | 'line_item' | 'project_id';
  reason: Reason;
  /** Takes a line of what it hits, and a name, and returns what is billed in its place. */
  change: (line: Line, name: string) => Line[];
  /** What has that name, where it is new. */
  names?: 'api_key_id' | 'model';
  /** It comes some days after a key of the same project ran in a loop. */
  isSoonAfter?: true;
};
const LOOP: Kind = { days: 1, by: 'api_key_id', reason: 'quantity', change: (line) => [used(line, 5)] };
const LEAK: Kind = {
  days: 1,
  by: 'project_id',
  reason: 'new_api_key',
  change: (line, name) => [line, { ...used(line, 1.5), api_key_id: name }],
  names: 'api_key_id',
};

const KINDS = {
  'a key runs in a loop for a day: 5 × its use': LOOP,
  'a key doubles its use for three days': {
    days: 3,
    by: 'api_key_id',
    reason: 'quantity',
    change: (line) => [used(line, 2)],
  },
  'a line item costs three times as much for three days': {
    days: 3,
    by: 'line_item',
    reason: 'unit_price',
    change: (line) => [{ ...line, amount: scaled(line.amount, 3) }],
  },
  'a new key spends in a project for a day': LEAK,
  'a new model is tried in a project for a day': {
    days: 1,
    by: 'project_id',
    reason: 'new_model',
    change: (line, name) => [line, { ...used(line, 2), model: name, line_item: `${name}, output` }],
    names: 'model',
  },
  'a project costs 1.5 times as much for a week': {
    days: 7,
    by: 'project_id',
    reason: 'quantity',
    change: (line) => [used(line, 1.5)],
  },
  'a project costs three times as much for good': {
    by: 'project_id',
    reason: 'quantity',
    change: (line) => [used(line, 3)],
  },
  'a key runs in a loop again after two to six days': { ...LOOP, isSoonAfter: true },
  'a new key spends two to six days after another ran in a loop': { ...LEAK, isSoonAfter: true },
  'a key stops for five days': { days: 5, by: 'api_key_id', reason: 'stopped', change: () => [] },
} as const satisfies Record<string, Kind>;
export type SpikeKind = keyof typeof KINDS;

export const SPIKE_KINDS = Object.keys(KINDS) as SpikeKind[];
const kindOf = (kind: SpikeKind): Kind => KINDS[kind];

/** One in so many days, beside credits and one-off charges that must not be told. */
const EVERY_DAYS = 18;
/** What it hits has at least this share of the costs of its first day. */
const MIN_SHARE = 0.05;

/** Within so many days what lasts is to be told. */
const LASTING_DAYS = 7;

/** Puts a spike into a bill. @param value of what it hits */
export function putSpike(bill: Bill, kind: SpikeKind, from: Day, value: string): Spike {
  const { days, by, reason, change, names } = kindOf(kind);
  const name = `new-${from}`;
  const isWithin = (day: Day) => day >= from && (days === undefined || day < addDays(from, days));
  for (const [day, lines] of bill) {
    if (!isWithin(day)) continue;
    const isHit = (line: Line) => line[by] === value && line.amount > 0n;
    bill.set(
      day,
      lines.flatMap((line) => (isHit(line) ? change(line, name) : [line])),
    );
  }
  const to = addDays(from, days ?? LASTING_DAYS);
  return { kind, from, to, reason, hits: { [by]: value, ...(names && { [names]: name }) } };
}

/** A year with spikes at days that follow from the seed alone. */
export function withSpikes(seed: string, bill: Bill, from: Day): { bill: Bill; spikes: Spike[] } {
  const random = randomFrom(`spikes of ${seed}`);
  const changed: Bill = new Map(bill);
  const days = [...bill.keys()].filter((day) => day >= from);
  const spikes: Spike[] = [];
  let next = 0;
  for (let at = 3; at + 16 < days.length; at += EVERY_DAYS) {
    const kind = SPIKE_KINDS[next++ % SPIKE_KINDS.length] as SpikeKind;
    const { days: length, by, isSoonAfter } = kindOf(kind);
    // Weeks begin on Mondays; others on a working day, when there is use to multiply.
    const isStart = (day: Day) => (length === 7 ? weekday(day) === 1 : weekday(day) >= 1 && weekday(day) <= 4);
    const startAfter = (day: Day | undefined): Day =>
      isStart(day as Day) ? (day as Day) : startAfter(addDays(day as Day, 1));
    const first = startAfter(days[at + Math.floor(random() * 4)]);
    const lines = changed.get(first) ?? [];
    if (isSoonAfter) {
      const key = pick(lines, 'api_key_id', random);
      const project = lines.find(({ api_key_id }) => api_key_id === key)?.project_id;
      const again = startAfter(addDays(first, 2 + Math.floor(random() * 3)));
      if (key === undefined || project === undefined || lengthOf({ from: first, to: again }) > 6) continue;
      spikes.push(putSpike(changed, SPIKE_KINDS[0] as SpikeKind, first, key));
      spikes.push(putSpike(changed, kind, again, by === 'api_key_id' ? key : project));
    } else {
      const value = pick(lines, by, random);
      if (value !== undefined) spikes.push(putSpike(changed, kind, first, value));
    }
  }
  return { bill: changed, spikes };
}

const weekday = (day: Day) => new Date(day).getUTCDay();

/** One of the values that have enough of the day's costs. */
function pick(lines: readonly Line[], by: Kind['by'], random: () => number) {
  const sums = new Map<string, bigint>();
  for (const line of lines) if (line[by]) sums.set(line[by], (sums.get(line[by]) ?? 0n) + line.amount);
  const enough = (total(lines) * BigInt(MIN_SHARE * 100)) / 100n;
  const values = [...sums].filter(([, sum]) => sum > enough).map(([value]) => value);
  return values[Math.floor(random() * values.length)];
}

const total = (lines: readonly Line[]) => lines.reduce((sum, { amount }) => sum + amount, 0n);
