import { compare, type DayRow, type ItemColumn, toDayRow } from './day-row.ts';
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
  items: readonly CostItem[];
};

/** @throws MoneyError if an amount does not fit its column */
export function toCostRow(
  version: number,
  { day, dropped_dimensions, items, provider_total, provider_totals, ...head }: CostDay,
): DayRow {
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
    items: items.length,
    columns: columnsOf(items.toSorted(byContent)),
  });
}

function columnsOf(items: readonly CostItem[]): ItemColumn[] {
  const texts = (name: string, values: readonly string[]): ItemColumn => ({
    name,
    values,
    isDefault: values.every((value) => value === ''),
  });
  const quantities = items.map(({ quantity }) => (quantity === null ? null : toScaleIfFits(quantity)));
  const areLong = items.map(({ long_context }) => long_context);
  return [
    texts(
      'project_id',
      items.map(({ project_id }) => project_id),
    ),
    texts(
      'project_name',
      items.map(({ project_name }) => project_name),
    ),
    texts(
      'api_key_id',
      items.map(({ api_key_id }) => api_key_id),
    ),
    texts(
      'user_id',
      items.map(({ user_id }) => user_id),
    ),
    texts(
      'user_email',
      items.map(({ user_email }) => user_email),
    ),
    texts(
      'api_source',
      items.map(({ api_source }) => api_source),
    ),
    texts(
      'line_item',
      items.map(({ line_item }) => line_item),
    ),
    texts(
      'service',
      items.map(({ service }) => service),
    ),
    texts(
      'model',
      items.map(({ model }) => model),
    ),
    texts(
      'token_type',
      items.map(({ token_type }) => token_type),
    ),
    texts(
      'modality',
      items.map(({ modality }) => modality),
    ),
    texts(
      'service_tier',
      items.map(({ service_tier }) => service_tier),
    ),
    texts(
      'surface',
      items.map(({ surface }) => surface),
    ),
    { name: 'long_context', values: areLong, isDefault: !areLong.includes(true) },
    texts(
      'qualifier',
      items.map(({ qualifier }) => qualifier),
    ),
    texts(
      'unknown_qualifier',
      items.map(({ unknown_qualifier }) => unknown_qualifier),
    ),
    { name: 'amount', values: toScale(items.map(({ amount }) => amount)), isDefault: false },
    texts(
      'amount_verbatim',
      items.map(({ amount_verbatim }) => amount_verbatim),
    ),
    texts(
      'currency',
      items.map(({ currency }) => currency),
    ),
    { name: 'quantity', values: quantities, isDefault: quantities.every((quantity) => quantity === null) },
    texts(
      'quantity_verbatim',
      items.map(({ quantity_verbatim }) => quantity_verbatim),
    ),
    texts(
      'quantity_unit',
      items.map(({ quantity_unit }) => quantity_unit),
    ),
    texts(
      'extra',
      items.map(({ extra }) => extra),
    ),
  ];
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
