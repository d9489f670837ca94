import { z } from 'zod';
import { formatExact, parseExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { usageEndpoints } from '#dev/simulators/openai/usage/usage-catalog.ts';
import { addDays, type Day } from '#domain/day.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { HISTORY_DAYS, type Product } from '../product/product.ts';

const DIMENSIONS = 'integration_id, day, project_id, line_item, api_key_id, user_id, currency, quantity_unit';

/** The days that OpenAI keeps, today's included. */
export function history({ simulator }: Pick<Product, 'simulator'>): { from: Day; to: Day } {
  const to = addDays(simulator.today(), 1);
  return { from: addDays(to, -HISTORY_DAYS - 1), to };
}

/** What the warehouse holds beside what was spent: the days, the difference in dollars, and every disagreement. */
export async function checkMoney(product: Product) {
  const { simulator, api, sql } = product;
  const { from, to } = history(product);
  const wrong: string[] = [];
  const truth = simulator.truth.days(from, to).filter(({ facts }) => facts.length > 0);
  const rows = await sql(`SELECT day, sum(amount) AS amount, count() AS facts FROM costs GROUP BY day`, {
    day: z.string(),
    amount: z.string(),
    facts: z.coerce.number(),
  });
  const stored = new Map(rows.map((row) => [row.day, row]));
  for (const { day, total, facts } of truth) {
    const found = stored.get(day);
    if (formatExact(parseExact(found?.amount ?? '0')) !== total)
      wrong.push(`SQL ${day}: ${found?.amount} for ${total}`);
    else if (found?.facts !== facts.length) wrong.push(`SQL ${day}: ${found?.facts} facts for ${facts.length}`);
    stored.delete(day);
  }
  for (const day of stored.keys()) wrong.push(`SQL has ${day}, which was never spent`);

  const sum = rows.reduce((total, { amount }) => total + parseExact(amount), 0n);
  const spent = simulator.truth.total(from, to);
  const { status, code, body } = await api.get(`/v1/costs?from=${from}&to=${to}`);
  if (body.total !== spent) wrong.push(`API costs: ${status} ${code} ${body.total} for ${spent}`);
  const twice = await sql(`SELECT ${DIMENSIONS}, count() AS times FROM costs GROUP BY ${DIMENSIONS} HAVING times > 1`, {
    day: z.string(),
  });
  for (const { day } of twice) wrong.push(`SQL ${day}: a fact is there twice`);
  return { days: rows.length, difference: formatExact(sum - parseExact(spent)), wrong };
}

/** Every endpoint's usage, in SQL and for one in the API, beside what was used. */
export async function checkUsage(product: Product): Promise<string[]> {
  const { simulator, api, sql } = product;
  const { from, to } = history(product);
  const wrong: string[] = [];
  const rows = await sql(
    `SELECT dataset, ${USAGE_METRICS.map((metric) => `sum(${metric}) AS ${metric}`).join(', ')} FROM usage GROUP BY dataset`,
    { dataset: z.string(), ...Object.fromEntries(USAGE_METRICS.map((metric) => [metric, z.coerce.number()])) },
  );
  for (const endpoint of usageEndpoints) {
    const found: Record<string, unknown> = rows.find(({ dataset }) => dataset === `usage/${endpoint}`) ?? {};
    for (const [metric, value] of Object.entries(simulator.truth.usage(endpoint, from, to).totals)) {
      if ((found[metric] ?? 0) !== value) wrong.push(`SQL ${endpoint}: ${found[metric]} ${metric} for ${value}`);
    }
  }
  const { totals } = simulator.truth.usage('completions', from, to);
  const { status, code, body } = await api.get(`/v1/usage?dataset=usage/completions&from=${from}&to=${to}`);
  const total = (body.total ?? {}) as Record<string, unknown>;
  if (Number(total.output_tokens) !== totals.output_tokens) {
    wrong.push(`API usage: ${status} ${code} ${total.output_tokens} output_tokens for ${totals.output_tokens}`);
  }
  return wrong;
}
