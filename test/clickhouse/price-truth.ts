import { formatExact, parseExact, SCALE } from '#dev/simulators/openai/arithmetic/exact.ts';
import type { Truth } from '#dev/simulators/openai/truth.ts';
import { parseLineItem } from '#providers/openai/costs/line-item.ts';

/** By unit of the bill: the unit of the price, the count in one unit of the bill, and the count in one unit of the price. */
const units: Record<string, [unit: string, counted: bigint, priced: bigint]> = {
  tokens: ['1000000_tokens', 1n, 1_000_000n],
  images: ['images', 1n, 1n],
  duration_seconds: ['duration_minutes', 1n, 60n],
  duration_minutes: ['duration_minutes', 60n, 60n],
  characters: ['1000_characters', 1n, 1000n],
  gibibyte_hours: ['gibibyte_hours', 1n, 1n],
};

/** The rows that unit_costs should have for the range: amount, quantity and unit cost by `day product … unit`. */
export function priceTruth(truth: Truth, { from, to }: { from: string; to: string }): Map<string, string[]> {
  const skus = new Map<string, { amount: bigint; quantity: bigint; priced: bigint }>();
  for (const { day, facts } of truth.days(from, to)) {
    for (const { line_item, amount, quantity, quantity_unit } of facts) {
      const [unit, counted, priced] = units[quantity_unit ?? ''] ?? [];
      const money = parseExact(amount);
      if (!unit || !counted || !priced || money <= 0n) continue;
      const { model, token_type, modality, service_tier, long_context } = parseLineItem(line_item);
      const name = [day, model || line_item, token_type, modality, service_tier, long_context, unit].join(' ');
      const sku = skus.get(name) ?? { amount: 0n, quantity: 0n, priced };
      sku.amount += money;
      sku.quantity += parseExact(quantity ?? '0') * counted;
      skus.set(name, sku);
    }
  }
  return new Map(
    [...skus].map(([name, { amount, quantity, priced }]) => {
      const decimals = 10n ** BigInt(SCALE - 18);
      const price = (amount * priced * 10n ** 18n) / quantity; // cut off after 18 decimals
      return [name, [formatExact(amount), formatExact(quantity), formatExact(price * decimals)]];
    }),
  );
}
