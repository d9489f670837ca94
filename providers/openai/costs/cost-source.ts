import type { Source } from '../../reports/source.ts';
import { type CostFact, costPage } from './cost-row.ts';

/** The bill. Project and line item are what it is for: a bill without them is no use. */
export const COSTS: Source<CostFact> = {
  endpoint: '/organization/costs',
  finest: ['project_id', 'line_item', 'api_key_id', 'user_id'],
  optional: ['user_id', 'api_key_id'],
  lastResort: [],
  page: costPage,
  identity: ({ organization_id, project_id, api_key_id, user_id, line_item, currency, quantity_unit, extra }) =>
    JSON.stringify([organization_id, project_id, api_key_id, user_id, line_item, currency, quantity_unit, extra]),
  isDivided: ({ project_id, line_item, api_key_id, user_id }) =>
    `${project_id}${line_item}${api_key_id}${user_id}` !== '',
  isSomething: ({ amount }) => amount !== '0',
};
