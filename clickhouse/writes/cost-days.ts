import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { inOrder, replaceDays } from './replace-days.ts';
import { toScale, toScaleIfFits } from './scale.ts';

/** A cost fact as it is stored: OpenAI's text verbatim beside what we parsed from it. Money is decimal text. */
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
  /** By currency; their sum is `provider_total`. */
  provider_totals: Readonly<Record<string, string>>;
  provider_total_verbatim: string;
  dropped_dimensions: readonly string[];
  items: readonly CostItem[];
};

/**
 * Replaces whole days of costs. Writing the same content again, or that of an older read, changes nothing.
 * @param target `version`: unix milliseconds taken before the read from OpenAI began
 * @returns how many days changed
 */
export function writeCostDays(
  warehouse: Warehouse,
  target: IntegrationKey & { version: number },
  days: readonly CostDay[],
): Promise<number> {
  const rows = days.map(({ day, provider_total, provider_totals, items: unordered, ...head }) => {
    const items = inOrder(unordered);
    const amounts = toScale(items.map((item) => item.amount));
    return {
      day,
      head: {
        ...head,
        provider_total: toScale([provider_total])[0],
        provider_totals: Object.fromEntries(
          Object.entries(provider_totals).map(([of, total]) => [of, toScale([total])[0]]),
        ),
      },
      items: items.map((item, index) => ({
        ...item,
        amount: amounts[index],
        quantity: item.quantity === null ? null : toScaleIfFits(item.quantity),
      })),
    };
  });
  return replaceDays(warehouse, { ...target, dataset: 'costs' }, rows);
}
