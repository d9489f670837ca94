import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { SpendLimit } from '#domain/spend-limit.ts';
import type { Warehouse } from '../client/client.ts';

/** All limits of an organization on a day. `is_readable`: whether the key may read them. */
export type LimitDay = { day: Day; is_readable: boolean; limits: readonly SpendLimit[] };

/** Replaces the limits of a day. */
export async function writeLimitDay(
  warehouse: Warehouse,
  target: IntegrationKey & { version: number },
  { day, is_readable, limits }: LimitDay,
): Promise<void> {
  const column = <Name extends keyof SpendLimit>(name: Name) => limits.map((limit) => limit[name]);
  await warehouse.insert('limit_days', [
    {
      ...target,
      day,
      is_readable,
      'limits.kind': column('kind'),
      'limits.limit_id': column('limit_id'),
      'limits.project_id': column('project_id'),
      'limits.amount': column('amount'),
      'limits.currency': column('currency'),
      'limits.interval': column('interval'),
      'limits.is_enforcing': column('is_enforcing'),
    },
  ]);
}
