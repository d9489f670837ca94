import type { Warehouse } from './client.ts';
import { toScale } from './money.ts';

/** A cost fact as it is stored: OpenAI's words verbatim beside what we made of them. Money is decimal text. */
export type CostItem = {
  project_id: string;
  project_name: string;
  api_key_id: string;
  user_id: string;
  user_email: string;
  line_item: string;
  service: string;
  model: string;
  token_type: string;
  modality: string;
  service_tier: string;
  surface: string;
  long_context: boolean;
  amount: string;
  amount_verbatim: string;
  currency: string;
  quantity: string | null;
  quantity_verbatim: string;
  quantity_unit: string;
  extra: string;
};

export type CostDay = {
  day: string;
  provider_total: string;
  provider_total_verbatim: string;
  dropped_dimensions: readonly string[];
  items: readonly CostItem[];
};

/** Every column of an item, spelled once: a new field that is missing here does not compile. */
const itemColumns = Object.keys({
  project_id: 0,
  project_name: 0,
  api_key_id: 0,
  user_id: 0,
  user_email: 0,
  line_item: 0,
  service: 0,
  model: 0,
  token_type: 0,
  modality: 0,
  service_tier: 0,
  surface: 0,
  long_context: 0,
  amount: 0,
  amount_verbatim: 0,
  currency: 0,
  quantity: 0,
  quantity_verbatim: 0,
  quantity_unit: 0,
  extra: 0,
} satisfies Record<keyof CostItem, 0>) as (keyof CostItem)[];

/**
 * Replaces whole days by one insert: readers see all of the old days or all of the new ones. Written again with the
 * same or an older version, nothing changes.
 * @param version unix milliseconds taken before the read from OpenAI began
 */
export async function writeCostDays(
  warehouse: Warehouse,
  target: { tenant_id: string; integration_id: string; version: number },
  days: readonly CostDay[],
): Promise<void> {
  if (days.length === 0) return;
  await warehouse.insert(
    'cost_days',
    days.map(({ day, provider_total, provider_total_verbatim, dropped_dimensions, items }) => {
      const amounts = toScale(items.map((item) => item.amount));
      const rounded = items.map((item, index) => ({
        ...item,
        amount: amounts[index],
        quantity: item.quantity === null ? null : toScale([item.quantity])[0],
      }));
      return {
        ...target,
        day,
        provider_total: toScale([provider_total])[0],
        provider_total_verbatim,
        dropped_dimensions,
        ...Object.fromEntries(itemColumns.map((column) => [`items.${column}`, rounded.map((item) => item[column])])),
      };
    }),
  );
}
