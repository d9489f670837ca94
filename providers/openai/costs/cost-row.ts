import { z } from 'zod';
import { decimal, object, text } from '../../http/fields.ts';
import { extraText } from '../../http/json.ts';
import { bucketPage } from '../pages/bucket-page.ts';

/** One row of the bill for one day. Every field is text as the warehouse's columns store it. */
export type CostFact = {
  organization_id: string;
  organization_name: string;
  project_id: string;
  project_name: string;
  api_key_id: string;
  user_id: string;
  user_email: string;
  /** '' where OpenAI names none. */
  line_item: string;
  /** Canonical plain decimal with all digits; '0' where OpenAI sent none; as sent where it is too long to write out. */
  amount: string;
  /** The amount's text as sent ("0E-6176", "1.5e-2"); '' where missing. */
  provider_amount: string;
  /** ISO 4217 in lower case; 'usd' where missing, as OpenAI bills costs in no other currency. */
  currency: string;
  quantity: string | null;
  provider_quantity: string;
  quantity_unit: string;
  /** Unknown fields as JSON text, sorted by name, numbers as they were sent; '' where there are none. */
  extra: string;
};

const noAmount = { value: { sent: '', value: null }, currency: '' };

/** Turns a row into a fact; any field may be missing, null or new. */
const costRow = object({
  object: z.unknown().optional(),
  amount: object({ value: decimal, currency: text }).nullish(),
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
}).transform(({ object: _object, amount, quantity, quantity_unit, ...row }): CostFact => {
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
    amount: value.value ?? (value.sent.trim() || '0'),
    provider_amount: value.sent,
    currency: currency.trim().toLowerCase() || 'usd',
    quantity: quantity.value,
    provider_quantity: quantity.sent,
    quantity_unit,
    extra: extraText(Object.keys(unknownOfAmount).length > 0 ? { ...unknown, amount: unknownOfAmount } : unknown),
  };
});

/** A page of the costs endpoint. */
export const costPage = bucketPage(costRow);
