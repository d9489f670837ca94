import { decimalOf, textOf } from '../../http/fields.ts';
import { extraText } from '../../http/json.ts';
import { MalformedRowError, objectOf, type Row, shared } from '../../http/rows.ts';
import { bucketPage } from '../pages/bucket-page.ts';
import { type LineItem, parseLineItem } from './line-item.ts';

/** One row of the bill for one day, and what its line item says. Every text is as the warehouse's columns store it. */
export type CostFact = LineItem & {
  organization_id: string;
  organization_name: string;
  project_id: string;
  project_name: string;
  api_key_id: string;
  user_id: string;
  user_email: string;
  /** `agents_api` or `unlabeled`; '' where OpenAI does not say. */
  api_source: string;
  /** '' where OpenAI names none. */
  line_item: string;
  /** Canonical plain decimal with all digits; '0' where OpenAI sent none; as sent where it is too long to write out. */
  amount: string;
  /** The amount's text as sent ("0E-6176", "1.5e-2"); '' where missing. */
  amount_verbatim: string;
  /** ISO 4217 in lower case; 'usd' where missing, as OpenAI bills costs in no other currency. */
  currency: string;
  quantity: string | null;
  quantity_verbatim: string;
  quantity_unit: string;
  /** Unknown fields as JSON text, sorted by name, numbers as they were sent; '' where there are none. */
  extra: string;
};

const KNOWN: ReadonlySet<string> = new Set([
  'object',
  'amount',
  'quantity',
  'quantity_unit',
  'line_item',
  'organization_id',
  'organization_name',
  'project_id',
  'project_name',
  'api_key_id',
  'user_id',
  'user_email',
  'api_source',
]);
const NO_AMOUNT: Row = {};

/** Turns a row into a fact; any field may be missing, null or new. Throws MalformedRowError. */
function costRow(row: Row): CostFact {
  const amount = row.amount === null || row.amount === undefined ? NO_AMOUNT : objectOf(row.amount, ['amount']);
  const amount_verbatim = textOr(amount.value, 'amount', 'value');
  const quantity_verbatim = textOr(row.quantity, 'quantity');
  const line_item = shared(textOr(row.line_item, 'line_item'));
  const said = parseLineItem(line_item);
  return {
    organization_id: shared(textOr(row.organization_id, 'organization_id')),
    organization_name: shared(textOr(row.organization_name, 'organization_name')),
    project_id: shared(textOr(row.project_id, 'project_id')),
    project_name: shared(textOr(row.project_name, 'project_name')),
    api_key_id: shared(textOr(row.api_key_id, 'api_key_id')),
    user_id: shared(textOr(row.user_id, 'user_id')),
    user_email: shared(textOr(row.user_email, 'user_email')),
    api_source: shared(textOr(row.api_source, 'api_source')),
    line_item,
    service: said.service,
    model: said.model,
    token_type: said.token_type,
    modality: said.modality,
    service_tier: said.service_tier,
    surface: said.surface,
    long_context: said.long_context,
    qualifier: said.qualifier,
    unknown_qualifier: said.unknown_qualifier,
    amount: decimalAt(amount_verbatim, 'amount', 'value') ?? (amount_verbatim.trim() || '0'),
    amount_verbatim,
    currency: shared(textOr(amount.currency, 'amount', 'currency').trim().toLowerCase() || 'usd'),
    quantity: decimalAt(quantity_verbatim, 'quantity'),
    quantity_verbatim,
    quantity_unit: shared(textOr(row.quantity_unit, 'quantity_unit')),
    extra: shared(extraOf(row, amount)),
  };
}

function textOr(value: unknown, ...path: string[]): string {
  const text = textOf(value);
  if (text === undefined) throw new MalformedRowError(path);
  return text;
}

function decimalAt(sent: string, ...path: string[]): string | null {
  const value = decimalOf(sent);
  if (value === undefined) throw new MalformedRowError(path);
  return value;
}

function extraOf(row: Row, amount: Row): string {
  const unknown: [string, unknown][] = [];
  for (const name in row) if (!KNOWN.has(name)) unknown.push([name, row[name]]);
  const ofAmount: [string, unknown][] = [];
  for (const name in amount) if (name !== 'value' && name !== 'currency') ofAmount.push([name, amount[name]]);
  if (ofAmount.length > 0) unknown.push(['amount', Object.fromEntries(ofAmount)]);
  return extraText(unknown);
}

/** A page of the costs endpoint. */
export const costPage = bucketPage(costRow);
