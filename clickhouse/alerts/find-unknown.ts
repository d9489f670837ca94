import { z } from 'zod';
import { addDays, type Day, monthStart } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { TOLD_PERCENT } from '#domain/not-understood.ts';
import type { Warehouse } from '../client/client.ts';
import { IS_UNKNOWN } from '../summary/not-understood.ts';
import { ofIntegration } from './of-integration.ts';

const unknown = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  month: z.string(),
  currency: z.string(),
  /** What they cost, and of it what has no model or token type; refunds count as costs do, in the total, too. */
  amount: z.string(),
  unclassified: z.string(),
  total: z.string(),
  /** What cost most comes first. */
  line_items: z.array(z.string()),
});
export type Unknown = z.infer<typeof unknown>;

/** A month is looked at for as long as its days are read again. */
const DAYS = 35;

/**
 * The integrations of all tenants, or one, of whose costs of a month more than 1 % are for line items that were not
 * understood in full.
 */
export function findUnknown(warehouse: Warehouse, today: Day, only?: IntegrationKey): Promise<Unknown[]> {
  return warehouse.query({
    name: 'unknown line items',
    sql: `SELECT tenant_id, integration_id, month, currency, total, amount, unclassified, line_items
          FROM (
            SELECT tenant_id, integration_id, month, currency, sum(line_amount) AS total, sum(unknown_amount) AS amount,
              sum(other_amount) AS unclassified,
              arrayMap(line -> toString(line.2), arraySort(groupArrayIf((-unknown_amount, line_item), unknown_amount > 0)))
                AS line_items
            FROM (
              SELECT tenant_id, integration_id, toStartOfMonth(day) AS month, currency, line_item,
                sum(abs(item_amount)) AS line_amount, sumIf(abs(item_amount), ${IS_UNKNOWN}) AS unknown_amount,
                sumIf(abs(item_amount), token_type = 'other') AS other_amount
              FROM cost_days FINAL
              ARRAY JOIN items.line_item AS line_item, items.token_type AS token_type,
                items.unknown_qualifier AS unknown_qualifier, items.amount AS item_amount, items.currency AS currency
              WHERE day >= {from: Date}
                ${ofIntegration(only)}
              GROUP BY tenant_id, integration_id, month, currency, line_item)
            GROUP BY tenant_id, integration_id, month, currency)
          WHERE total > 0 AND amount * ${100 / TOLD_PERCENT} > total
          ORDER BY tenant_id, integration_id, month, currency`,
    params: { ...only, from: monthStart(addDays(today, -DAYS)) },
    row: unknown,
  });
}
