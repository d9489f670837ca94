import { type Decimal, sumDecimals } from '#domain/decimal.ts';
import { compare, type DayRow, toDayRow } from './day-row.ts';
import {
  type ItemColumns,
  itemColumns,
  numberColumn,
  optionalNumberColumn,
  textColumn,
  wordColumn,
} from './item-column.ts';
import { toScale, toScaleIfFits } from './scale.ts';

/** A cost fact as it is stored: OpenAI's text verbatim beside what we parsed from it. Money is decimal text. */
export type CostItem = {
  project_id: string;
  project_name: string;
  api_key_id: string;
  user_id: string;
  user_email: string;
  api_source: string;
  line_item: string;
  service: string;
  model: string;
  token_type: string;
  modality: string;
  service_tier: string;
  surface: string;
  long_context: boolean;
  qualifier: string;
  unknown_qualifier: string;
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
  facts: CostFacts;
};

/** A day's facts as they wait for their total: how many, their sum as decimal text, and their columns. */
export type CostFacts = { items: number; sum: Decimal; columns: ItemColumns };

/** @throws MoneyError if an amount does not fit its column */
export function toCostFacts(items: readonly CostItem[]): CostFacts {
  const sum = sumDecimals(items.map(({ amount }) => amount));
  return { items: items.length, sum, columns: columnsOf(items.toSorted(byContent)) };
}

/** @throws MoneyError if an amount does not fit its column */
export function toCostRow(
  version: number,
  { day, dropped_dimensions, facts, provider_total, provider_totals, provider_total_verbatim }: CostDay,
): DayRow {
  const scaled = (total: string) => toScale([total]).join('');
  return toDayRow({
    dataset: 'costs',
    day,
    version,
    dropped_dimensions,
    head: {
      provider_total: scaled(provider_total),
      provider_total_verbatim,
      provider_totals: Object.fromEntries(
        Object.entries(provider_totals).map(([currency, total]) => [currency, scaled(total)]),
      ),
    },
    items: facts.items,
    columns: facts.columns,
  });
}

/** Of texts that many facts have. Each is read by code of its own: with one for any column, a day took 40 % more. */
const WORDS: Readonly<Record<string, (item: CostItem) => string>> = {
  project_id: (item) => item.project_id,
  project_name: (item) => item.project_name,
  api_key_id: (item) => item.api_key_id,
  user_id: (item) => item.user_id,
  user_email: (item) => item.user_email,
  api_source: (item) => item.api_source,
  line_item: (item) => item.line_item,
  service: (item) => item.service,
  model: (item) => item.model,
  token_type: (item) => item.token_type,
  modality: (item) => item.modality,
  service_tier: (item) => item.service_tier,
  surface: (item) => item.surface,
  qualifier: (item) => item.qualifier,
  unknown_qualifier: (item) => item.unknown_qualifier,
  currency: (item) => item.currency,
  quantity_unit: (item) => item.quantity_unit,
};

function columnsOf(items: readonly CostItem[]): ItemColumns {
  const amounts = toScale(items.map(({ amount }) => amount));
  const quantities = items.map(({ quantity }) => (quantity === null ? null : toScaleIfFits(quantity)));
  return itemColumns([
    ...Object.entries(WORDS).map(([name, textOf]) => [name, wordColumn(items, textOf)] as const),
    ['amount_verbatim', textColumn(items.map(({ amount_verbatim }) => amount_verbatim))],
    ['quantity_verbatim', textColumn(items.map(({ quantity_verbatim }) => quantity_verbatim))],
    ['extra', textColumn(items.map(({ extra }) => extra))],
    ['long_context', numberColumn(items.map(({ long_context }) => (long_context ? '1' : '0')))],
    ['amount', numberColumn(amounts)],
    ['quantity', optionalNumberColumn(quantities)],
  ]);
}

function byContent(a: CostItem, b: CostItem): number {
  return (
    compare(a.project_id, b.project_id) ||
    compare(a.api_key_id, b.api_key_id) ||
    compare(a.user_id, b.user_id) ||
    compare(a.line_item, b.line_item) ||
    compare(JSON.stringify(a), JSON.stringify(b))
  );
}
