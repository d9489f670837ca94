import { z } from 'zod';
import { previousRange } from '#domain/day.ts';
import { USAGE_METRICS, type UsageMetric } from '#domain/usage-metrics.ts';
import type { Warehouse } from '../client/client.ts';
import { type AggregateQuestion, aggregate, aggregateRow, fieldsOf, type Position } from './aggregate.ts';
import { type UsageDimension, usageFacts } from './usage-facts.ts';

export type UsageQuestion = AggregateQuestion & { group_by: readonly UsageDimension[] };
export type Metrics = Record<UsageMetric, string>;

/** A group of usage: its period, the dimensions that it is grouped by, and their names, beside what is summed. */
export type UsageGroup = Metrics & {
  period: string | null;
  other_metrics: Record<string, string>;
  previous?: Metrics;
  change?: Metrics;
} & Partial<Record<UsageDimension | 'project_name' | 'api_key_name' | 'user_name' | 'organization_name', string>>;

export type Usage = {
  total: Metrics;
  previous: { from: string; to: string; total: Metrics; change: Metrics } | null;
  data: UsageGroup[];
  next: Position | null;
};

const row = aggregateRow.extend({ the_other_metrics: z.record(z.string(), z.string()) });

/** A tenant's usage, summed by OpenAI's own names. */
export async function sumUsage(warehouse: Warehouse, tenantId: string, question: UsageQuestion): Promise<Usage> {
  const facts = usageFacts(question.granularity, question.filters.dataset);
  const { groups, all, next } = await aggregate(warehouse, tenantId, facts, question, row);
  return {
    total: toMetrics(all?.totals),
    previous: question.compare
      ? { ...previousRange(question), total: toMetrics(all?.totals_before), change: toMetrics(all?.total_changes) }
      : null,
    data: groups.map(
      (group) =>
        ({
          ...fieldsOf(facts, question, group),
          ...toMetrics(group.sums),
          other_metrics: group.the_other_metrics,
          ...(question.compare && { previous: toMetrics(group.sums_before), change: toMetrics(group.changes) }),
        }) as UsageGroup,
    ),
    next,
  };
}

const toMetrics = (sums: readonly string[] = []) =>
  Object.fromEntries(USAGE_METRICS.map((metric, index) => [metric, sums[index] ?? '0'])) as Metrics;
