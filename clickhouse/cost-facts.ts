import type { Facts, Of } from './facts.ts';
import { listedNames, organizationNames } from './names.ts';

// Which text it is matters less than whether it is the same one; numbers are compared much faster.
const isOne = (of: Of, column: string) => `${of('min', `sipHash64(${column})`)} = ${of('max', `sipHash64(${column})`)}`;
const isMeasured = (of: Of) =>
  `${of('count')} > 0 AND ${of('count', 'quantity')} = ${of('count')}
   AND ${isOne(of, 'quantity_unit')} AND ${of('any', 'quantity_unit')} != ''`;

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
  details: {
    // A sum where all facts have a quantity and share its unit: else there is nothing that could be added up.
    quantity: {
      columns: ['quantity', 'quantity_unit'],
      sql: (of) => `if(${isMeasured(of)}, ${of('sum', 'quantity')}, NULL)`,
    },
    quantity_unit: {
      columns: ['quantity', 'quantity_unit'],
      sql: (of) => `if(${isMeasured(of)}, ${of('any', 'quantity_unit')}, NULL)`,
    },
    // Of the facts of both ranges: a change is of one currency too.
    currency: { columns: ['currency'], sql: () => 'any(currency)' },
    currency_low: { columns: ['currency'], sql: () => 'min(sipHash64(currency))' },
    currency_high: { columns: ['currency'], sql: () => 'max(sipHash64(currency))' },
  },
  overall: { mixed: 'toBool(min(the_currency_low) OVER () != max(the_currency_high) OVER ())' },
} as const satisfies Facts;

export type CostDimension = keyof typeof costFacts.dimensions;
export const costDimensions = Object.keys(costFacts.dimensions) as [CostDimension, ...CostDimension[]];
