/** A fact of a test: its day, dimensions and measures, all text. */
export type Fact = { day: string; integration_id: string };

export type Question = {
  from: string;
  to: string;
  granularity: 'total' | 'day' | 'week' | 'month';
  group_by: string[];
  filters: Record<string, string[]>;
  order: string;
  compare: boolean;
};

/** The facts of one row: those of the range and those of the previous period. */
export type Group<F> = { period: string | null; keys: string[]; now: F[]; before: F[] };

const DAY_MS = 86_400_000;
const addDays = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const daysOf = ({ from, to }: Question) => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export const previousFrom = (question: Question) => addDays(question.from, -daysOf(question));

/** The period of a day. Days of the previous period belong to the same period of the range. */
export function periodOf(day: string, question: Question): string | null {
  const at = day < question.from ? addDays(day, daysOf(question)) : day;
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return { total: null, day: at, week: addDays(at, -sinceMonday), month: `${at.slice(0, 7)}-01` }[question.granularity];
}

/** The expected rows, from all facts one by one. Its arithmetic is independent of the product's on purpose. */
export function groupFacts<F extends Fact>(
  facts: readonly F[],
  question: Question,
  measure: (facts: readonly F[], name: string) => bigint,
): Group<F>[] {
  const { from, to, group_by, filters, order, compare } = question;
  const groups = new Map<string, Group<F>>();
  for (const fact of facts) {
    const text = (name: string) => (fact as unknown as Record<string, string>)[name] ?? '';
    if (fact.day >= to || fact.day < (compare ? previousFrom(question) : from)) continue;
    if (!Object.entries(filters).every(([name, values]) => values.includes(text(name)))) continue;
    const [period, keys] = [periodOf(fact.day, question), group_by.map(text)];
    const id = JSON.stringify([period, keys]);
    const group = groups.get(id) ?? { period, keys, now: [], before: [] };
    group[fact.day < from ? 'before' : 'now'].push(fact);
    groups.set(id, group);
  }
  const name = order.replace('-', '');
  const value = new Map([...groups.values()].map((each) => [each, name === 'key' ? 0n : measure(each.now, name)]));
  return [...groups.values()].sort((a, b) => {
    const byValue =
      Number((value.get(a) ?? 0n) > (value.get(b) ?? 0n)) - Number((value.get(a) ?? 0n) < (value.get(b) ?? 0n));
    return (
      (a.period ?? '').localeCompare(b.period ?? '') ||
      (order.startsWith('-') ? -byValue : byValue) ||
      a.keys
        .map((key, index) => Buffer.compare(Buffer.from(key), Buffer.from(b.keys[index] ?? '')))
        .find((each) => each !== 0) ||
      0
    );
  });
}

/** Random numbers that are the same in each run. */
export function dice(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return {
    below,
    pick: <T>(values: readonly T[]): T => values[below(values.length)] as T,
    some: <T>(values: readonly T[], limit: number): T[] => [
      ...new Set(Array.from({ length: below(limit + 1) }, () => values[below(values.length)] as T)),
    ],
  };
}

export function toSearch({ filters, compare, group_by, ...rest }: Question, more: Record<string, string> = {}) {
  const search = new URLSearchParams({ ...rest, ...more });
  for (const name of group_by) search.append('group_by', name);
  for (const [name, values] of Object.entries(filters)) for (const value of values) search.append(name, value);
  if (compare) search.set('compare', 'previous_period');
  return search;
}
