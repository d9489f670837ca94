import { z } from 'zod';
import { previousRange } from '#domain/day.ts';
import { USAGE_METRICS, type UsageMetric } from '#domain/usage-metrics.ts';
import type { Warehouse } from '../client/client.ts';
import type { Freshness } from '../coverage/to-freshness.ts';
import { aggregate, aggregateRow, fieldsOf } from './aggregate.ts';
import type { AggregateQuestion, Position } from './question.ts';
import { type UsageDimension, usageFacts } from './usage-facts.ts';

export type UsageQuestion = AggregateQuestion & { group_by: readonly UsageDimension[] };
export type Metrics = Record<UsageMetric, string>;

/** A group of usage: its period, its dimensions and their names, and its sums as decimal text. */
export type UsageGroup = Metrics & {
  period: string | null;
  /** Sums of the numbers that have no column, by OpenAI's names. */
  other_metrics: Record<string, string>;
  previous?: Metrics;
  change?: Metrics;
} & Partial<Record<UsageDimension | 'project_name' | 'api_key_name' | 'user_name' | 'organization_name', string>>;

export type Usage = {
  total: Metrics;
  previous: { from: string; to: string; total: Metrics; change: Metrics } | null;
  data: UsageGroup[];
  next: Position | null;
  freshness: Freshness;
};

const row = aggregateRow.extend({ group_other_metrics: z.record(z.string(), z.string()) });
type Row = z.infer<typeof row>;

/** A tenant's usage, summed by OpenAI's own names. */
export async function sumUsage(warehouse: Warehouse, tenantId: string, question: UsageQuestion): Promise<Usage> {
  const table = usageFacts(question);
  const { groups, totals, next, freshness } = await aggregate(warehouse, tenantId, table, question, row);
  const toUsageGroup = (group: Row) =>
    ({
      ...fieldsOf(table, question, group),
      ...toMetrics(group.group_sums),
      other_metrics: group.group_other_metrics,
      ...(question.compare && { previous: toMetrics(group.previous_sums), change: toMetrics(group.changes) }),
    }) as UsageGroup;
  return {
    total: toMetrics(totals?.group_sums),
    previous: question.compare
      ? {
          ...previousRange(question),
          total: toMetrics(totals?.previous_sums),
          change: toMetrics(totals?.changes),
        }
      : null,
    data: groups.map(toUsageGroup),
    next,
    freshness,
  };
}

/** Sums by name, from sums in the order of USAGE_METRICS; '0' for those that are absent. */
const toMetrics = (sums: readonly string[] = []) =>
  Object.fromEntries(USAGE_METRICS.map((metric, index) => [metric, sums[index] ?? '0'])) as Metrics;
