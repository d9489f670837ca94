import type { CostDay, CostItem } from '../clickhouse/cost-days.ts';
import { parseLineItem } from '../openai/line-item.ts';

/** A cost fact in which only what a test is about is said. */
export function costItem(said: Partial<CostItem>): CostItem {
  return {
    project_id: '',
    project_name: '',
    api_key_id: '',
    user_id: '',
    user_email: '',
    line_item: '',
    service: '',
    model: '',
    token_type: '',
    modality: '',
    service_tier: '',
    surface: '',
    long_context: false,
    amount: '0',
    amount_verbatim: said.amount ?? '0',
    currency: 'usd',
    quantity: null,
    quantity_verbatim: '',
    quantity_unit: '',
    extra: '',
    ...said,
  };
}

/** A cost fact as a line of the bill brings it. */
export function billed(
  line_item: string,
  amount: string,
  quantity: string | null = null,
  quantity_unit = '',
  about: Partial<CostItem> = {},
): CostItem {
  return costItem({ line_item, ...parseLineItem(line_item), amount, quantity, quantity_unit, ...about });
}

export function costDay(day: string, items: CostItem[], provider_total = '0'): CostDay {
  return { day, provider_total, provider_total_verbatim: provider_total, dropped_dimensions: [], items };
}
