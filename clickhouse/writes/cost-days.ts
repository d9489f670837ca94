import { type DayRow, toDayRow } from './day-row.ts';
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

/** @throws MoneyError if an amount does not fit its column */
export function toCostRow(
  version: number,
  { day, dropped_dimensions, items, provider_total, provider_totals, ...head }: CostDay,
): DayRow {
  const amounts = toScale(items.map((item) => item.amount));
  return toDayRow({
    dataset: 'costs',
    day,
    version,
    dropped_dimensions,
    head: {
      ...head,
      provider_total: toScale([provider_total])[0],
      provider_totals: Object.fromEntries(
        Object.entries(provider_totals).map(([currency, total]) => [currency, toScale([total])[0]]),
      ),
    },
    items: items.map((item, index) => ({
      ...item,
      amount: amounts[index],
      quantity: item.quantity === null ? null : toScaleIfFits(item.quantity),
    })),
  });
}
