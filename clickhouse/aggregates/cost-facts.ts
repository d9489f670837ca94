import { listedNames, organizationNames } from '../names/listed-names.ts';
import type { FactTable } from './fact-table.ts';

// Units and currencies are compared as the numbers that their bytes make. Of a unit these are the first 32.
const UNIT = 'reinterpretAsUInt256(quantity_unit)';
const CURRENCY = 'reinterpretAsUInt64(currency)';

const SUMS = ['currency', 'quantity_unit', 'amount', 'quantity', 'facts', 'measured_facts'];

export const costFacts = {
  name: 'costs',
  table: 'cost_days',
  coarser: {
    by_project: ['project_id', 'project_name', ...SUMS],
    by_model: ['service', 'model', ...SUMS],
  },
  counts: { facts: '1', measured_facts: 'quantity IS NOT NULL' },
  dimensions: {
    project_id: 'fact',
    model: 'fact',
    token_type: 'fact',
    service: 'fact',
    line_item: 'fact',
    api_key_id: 'fact',
    user_id: 'fact',
    service_tier: 'fact',
    modality: 'fact',
    api_source: 'fact',
    integration_id: 'day',
    currency: 'fact',
  },
  names: {
    project_id: {
      field: 'project_name',
      listed: listedNames('project'),
      billed: { columns: ['project_name'], sql: () => `argMaxIf(project_name, day, project_name != '')` },
    },
    api_key_id: { field: 'api_key_name', listed: listedNames('api_key') },
    user_id: { field: 'user_name', listed: listedNames('user') },
    integration_id: { field: 'organization_name', listed: organizationNames },
  },
  measures: { amount: { columns: ['amount'], sql: (of) => of('sum', 'amount') } },
  contributions: {},
  groupColumns: {
    unmeasured_facts: { columns: ['facts', 'measured_facts'], sql: (of) => of('sum', 'facts - measured_facts') },
    quantity: { columns: ['quantity'], sql: (of) => of('sum', 'quantity') },
    least_unit: { columns: ['quantity_unit'], sql: (of) => of('min', UNIT) },
    greatest_unit: { columns: ['quantity_unit'], sql: (of) => of('max', UNIT) },
    // Of the facts of both ranges: a change between two currencies means nothing.
    least_currency: { columns: ['currency'], sql: () => `min(${CURRENCY})` },
    greatest_currency: { columns: ['currency'], sql: () => `max(${CURRENCY})` },
  },
  subqueries: {},
} as const satisfies FactTable;

/** The text whose bytes make a number, the lowest first. */
export function textOf(number: string): string {
  const bytes: number[] = [];
  for (let rest = BigInt(number); rest > 0n; rest >>= 8n) bytes.push(Number(rest & 255n));
  return Buffer.from(bytes).toString();
}

/** Whether a unit is there and is known as a whole: of one that fills all bytes, more may have been cut off. */
export const isKnownUnit = (number: string) => BigInt(number) > 0n && BigInt(number) < 1n << 248n;

export type CostDimension = keyof typeof costFacts.dimensions;
export const costDimensions = Object.keys(costFacts.dimensions) as [CostDimension, ...CostDimension[]];
