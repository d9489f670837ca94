import type { CostDay, CostItem } from '../clickhouse/cost-days.ts';

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

export function costDay(day: string, items: CostItem[], provider_total = '0'): CostDay {
  return { day, provider_total, provider_total_verbatim: provider_total, dropped_dimensions: [], items };
}
