import { z } from 'zod';
import { DAY_MS, type Day, type DayRange, dayAt, dayNumber, earlierDay, laterDay } from '#domain/day.ts';
import { integrationStatus } from '#domain/integration.ts';

/** How far a tenant's data can be trusted. */
export type Freshness = {
  /** The newest day that every selected integration and dataset has read after its end; null if there is none. */
  synced_through: Day | null;
  /** Days that at least one of them should have and does not. */
  missing_days: Day[];
  /** The same of the previous range, for integrations that have history in this one; none unless it is compared. */
  missing_before: Day[];
  /** The first day that any of them should have; null without one. */
  history_start: Day | null;
  /** How many of the selected integrations there are. */
  integrations_found: number;
};

/** What an integration should have. A disconnect ends its history. */
const due = z
  .object({
    ...{ integration_id: z.string(), status: integrationStatus },
    ...{ history_from: z.string(), history_to: z.string(), today: z.string() },
  })
  .transform(({ history_to, today, ...integration }) => ({
    ...integration,
    due_to: integration.status === 'disconnected' ? history_to : laterDay(history_to, today),
  }));

/** What it has: `days` from the first one of the range on, counted from 1970. */
const read = z.object({
  ...{ integration_id: z.string(), dataset: z.string() },
  /** The newest day that was read after its end, or 1970. */
  through: z.string(),
  days: z.array(z.number()),
});

/** What the selected integrations should have, and what they have. */
export const coverage = z.object({
  due: z.array(due),
  reads: z.array(read),
});
export type Coverage = z.infer<typeof coverage>;

const NO_DAY = '1970-01-01';
const NEVER_READ = { through: NO_DAY, days: [] };

/**
 * The freshness over the half-open UTC days [from, to). Disconnected integrations do not hold back `synced_through`, but
 * the missing days of their history are reported. An integration with history before `to` is expected to have all of the
 * previous range, also the days before its history.
 * @param range `previous_from`: where the previous range counts too; `datasets`: those that are selected, else the ones
 *   that were ever read
 */
export function toFreshness(
  { due, reads }: Coverage,
  { from, to, previous_from, datasets }: DayRange & { previous_from?: Day; datasets?: readonly string[] | undefined },
): Freshness {
  const readsById = Map.groupBy(reads, ({ integration_id }) => integration_id);
  const readsOf = (id: string) => {
    const own = readsById.get(id) ?? [];
    if (!datasets) return own.length > 0 ? own : [NEVER_READ];
    return datasets.map((name) => own.find(({ dataset }) => dataset === name) ?? NEVER_READ);
  };
  const expected = due.flatMap((integration) =>
    readsOf(integration.integration_id).map(({ through, days }) => ({
      ...integration,
      ...{ through, days: new Set(days), end: laterDay(integration.due_to, endOf(days)) },
    })),
  );
  const connected = expected.filter(({ status }) => status !== 'disconnected');
  const missing = new Set<number>();
  const missingBefore = new Set<number>();
  for (const { history_from, end, days } of expected) {
    addMissing(missing, days, { from: laterDay(history_from, from), to: earlierDay(end, to) });
    if (previous_from === undefined) continue;
    const first = history_from < to ? previous_from : laterDay(history_from, previous_from);
    addMissing(missingBefore, days, { from: first, to: earlierDay(end, from) });
  }
  const through = (connected.length > 0 ? connected : expected).map((each) => each.through).sort()[0] ?? NO_DAY;
  const start = due.map(({ history_from }) => history_from).sort()[0] ?? NO_DAY;
  return {
    synced_through: through === NO_DAY ? null : through,
    missing_days: inOrder(missing),
    missing_before: inOrder(missingBefore),
    history_start: start === NO_DAY ? null : start,
    integrations_found: due.length,
  };
}

/** The day after the last one; 1970 without any. */
const endOf = (days: readonly number[]) => dayAt(days.reduce((end, day) => Math.max(end, day + 1), 0) * DAY_MS);

function addMissing(missing: Set<number>, days: ReadonlySet<number>, { from, to }: DayRange) {
  const end = dayNumber(to);
  for (let day = dayNumber(from); day < end; day += 1) if (!days.has(day)) missing.add(day);
}

const inOrder = (days: ReadonlySet<number>) => [...days].sort((a, b) => a - b).map((day) => dayAt(day * DAY_MS));
