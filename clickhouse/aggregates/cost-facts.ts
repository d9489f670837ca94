import { listedNames, organizationNames } from '../writes/names.ts';
import type { Facts } from './fact-table.ts';

// Texts as the numbers that their bytes make. 32 bytes are more than any unit has: a longer one is not understood.
const unit = 'reinterpretAsUInt256(quantity_unit)';
const currency = 'reinterpretAsUInt64(currency)';
const isMeasured = 'facts > 0 AND facts = measured_facts AND least_unit = greatest_unit';

export const costFacts = {
  name: 'costs',
  table: 'cost_days',
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
    integration_id: 'day',
    currency: 'fact',
  },
  names: {
    project_id: {
      field: 'project_name',
      listed: listedNames('project'),
      billed: { columns: ['project_name'], sql: () => 'argMax(project_name, day)' },
    },
    api_key_id: { field: 'api_key_name', listed: listedNames('api_key') },
    user_id: {
      field: 'user_name',
      listed: listedNames('user'),
      billed: { columns: ['user_email'], sql: () => 'max(user_email)' },
    },
    integration_id: { field: 'organization_name', listed: organizationNames },
  },
  measures: { amount: { columns: ['amount'], sql: (of) => of('sum', 'amount') } },
  totals: {},
  kept: {
    facts: { columns: [], sql: (of) => of('count') },
    measured_facts: {
      columns: ['quantity', 'quantity_unit'],
      sql: (of) => of('count', '', 'quantity IS NOT NULL AND length(quantity_unit) BETWEEN 1 AND 32'),
    },
    quantity_sum: { columns: ['quantity'], sql: (of) => of('sum', 'quantity') },
    least_unit: { columns: ['quantity_unit'], sql: (of) => of('min', unit) },
    greatest_unit: { columns: ['quantity_unit'], sql: (of) => of('max', unit) },
    // Of the facts of both ranges: a change is of one currency too.
    least_currency: { columns: ['currency'], sql: () => `min(${currency})` },
    greatest_currency: { columns: ['currency'], sql: () => `max(${currency})` },
  },
  details: {
    // A sum where all facts have a quantity and share its unit: else there is nothing that could be added up.
    quantity: `if(${isMeasured}, quantity_sum, NULL)`,
    quantity_unit: `if(${isMeasured}, reinterpretAsString(least_unit), NULL)`,
    has_one_currency: 'toBool(least_currency = greatest_currency)',
  },
  overall: {
    currency: 'reinterpretAsString(min(least_currency) OVER ())',
    mixed: 'toBool(min(least_currency) OVER () != max(greatest_currency) OVER ())',
  },
} as const satisfies Facts;

export type CostDimension = keyof typeof costFacts.dimensions;
export const costDimensions = Object.keys(costFacts.dimensions) as [CostDimension, ...CostDimension[]];
