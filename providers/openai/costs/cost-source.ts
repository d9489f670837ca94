import type { Source } from '../../reports/source.ts';
import { type CostFact, costPage } from './cost-row.ts';

/** The bill. It is of no use without project and line item, so these are never dropped. */
export const COSTS: Source<CostFact> = {
  endpoint: '/organization/costs',
  groupBy: ['project_id', 'line_item', 'api_key_id', 'user_id'],
  droppable: ['user_id', 'api_key_id'],
  droppableLast: [],
  page: costPage,
  identity: ({ organization_id, project_id, api_key_id, user_id, line_item, currency, quantity_unit, extra }) =>
    JSON.stringify([organization_id, project_id, api_key_id, user_id, line_item, currency, quantity_unit, extra]),
  hasDimensions: ({ project_id, line_item, api_key_id, user_id }) =>
    `${project_id}${line_item}${api_key_id}${user_id}` !== '',
  hasValue: ({ amount }) => amount !== '0',
};
