import { z } from 'zod';
import { toDay } from './days.ts';
import { canonicalDecimal } from './decimal.ts';
import { isNumberText, type NumberText } from './json.ts';

/** One row of the provider's bill for one day; every field is text exactly as the columns take it. */
export type CostFact = {
  organization_id: string;
  organization_name: string;
  project_id: string;
  project_name: string;
  api_key_id: string;
  user_id: string;
  user_email: string;
  /** '' where the provider names none. */
  line_item: string;
  /** Canonical plain decimal, every digit kept; '0' where the provider sent none. */
  amount: string;
  /** The amount's text as sent ("0E-6176", "1.5e-2"); '' where missing. */
  provider_amount: string;
  /** ISO 4217, lower case; 'usd' where missing, the only currency that OpenAI bills costs in. */
  currency: string;
  quantity: string | null;
  provider_quantity: string;
  quantity_unit: string;
  /** The row's fields that we do not know, as JSON object text sorted by name, numbers verbatim; '' where none. */
  extra: string;
};

const numberText = z.custom<NumberText>(isNumberText);

/** A string or a number as the text that was sent; '' where null or missing. */
const text = z
  .union([z.string(), numberText, z.null()])
  .optional()
  .transform((value) => (typeof value === 'string' ? value : (value?.rawJSON ?? '')));

/** A decimal sent as a number, a string, null or not at all. */
const decimal = text.transform((sent, context) => {
  const value = sent.trim() === '' ? null : canonicalDecimal(sent);
  if (value !== undefined) return { sent, value };
  context.addIssue({ code: 'custom', message: 'not a decimal' });
  return z.NEVER;
});

const unixSeconds = text.transform((sent, context) => {
  const seconds = Number(sent);
  if (sent !== '' && seconds >= 0 && seconds < 253_402_300_800) return Math.floor(seconds);
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

const noAmount = { value: { sent: '', value: null }, currency: '' };

const costRow = z
  .looseObject({
    object: z.unknown().optional(),
    amount: z.looseObject({ value: decimal, currency: text }).nullish(),
    quantity: decimal,
    quantity_unit: text,
    line_item: text,
    organization_id: text,
    organization_name: text,
    project_id: text,
    project_name: text,
    api_key_id: text,
    user_id: text,
    user_email: text,
  })
  .transform(({ object: _object, amount, quantity, quantity_unit, ...row }): CostFact => {
    const { value, currency, ...unknownOfAmount } = amount ?? noAmount;
    const { organization_id, organization_name, project_id, project_name, ...rest } = row;
    const { api_key_id, user_id, user_email, line_item, ...unknown } = rest;
    return {
      organization_id,
      organization_name,
      project_id,
      project_name,
      api_key_id,
      user_id,
      user_email,
      line_item,
      amount: value.value ?? '0',
      provider_amount: value.sent,
      currency: currency.trim().toLowerCase() || 'usd',
      quantity: quantity.value,
      provider_quantity: quantity.sent,
      quantity_unit,
      extra: extraText(unknown, unknownOfAmount),
    };
  });

function extraText(ofRow: Record<string, unknown>, ofAmount: Record<string, unknown>): string {
  const all = Object.keys(ofAmount).length > 0 ? { ...ofRow, amount: ofAmount } : ofRow;
  const names = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return names.length > 0 ? JSON.stringify(Object.fromEntries(names)) : '';
}

/** Some servers write an empty list as null. A missing list is not an empty one: money could hide behind it. */
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);

/** A page of the costs endpoint; buckets carry the UTC day that they start in. */
export const costPage = z
  .looseObject({
    data: list(
      z
        .looseObject({ start_time: unixSeconds, results: list(costRow) })
        .transform(({ start_time, results }) => ({ day: toDay(start_time), facts: results })),
    ),
    has_more: z.boolean().nullish(),
    next_page: text,
  })
  .transform(({ data, has_more, next_page }) => ({
    buckets: data,
    hasMore: has_more ?? next_page !== '',
    nextPage: next_page,
  }));

export const projectPage = z.looseObject({
  data: list(
    z
      .looseObject({ id: z.string(), name: text, status: text, created_at: text, archived_at: text })
      .transform(({ id, name, status, created_at, archived_at }) => ({
        id,
        name,
        status: status || (archived_at === '' ? 'active' : 'archived'),
        /** Unix seconds; null where missing. */
        created_at: /^\d+$/.test(created_at) ? Number(created_at) : null,
      })),
  ),
  has_more: z.boolean().nullish(),
  last_id: text,
});

export const me = z.looseObject({
  orgs: z.looseObject({ data: z.array(z.looseObject({ id: text, title: text, name: text })) }),
});
