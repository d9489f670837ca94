import type { Source } from '../../reports/query/source.ts';
import { type CostFact, costPage } from './cost-row.ts';

/** Below 1e15, so that sums fit the warehouse. */
const MONEY = /^-?\d{1,15}(?:\.\d+)?$/;
const MAX_DIGITS = 100;

const isMoney = (amount: string) =>
  MONEY.test(amount) && (amount.length <= MAX_DIGITS || digitsOf(amount).length <= MAX_DIGITS);

/** Zeros before the first digit do not count: 1e-6176 is an amount. */
const digitsOf = (amount: string) => amount.replace(/^[-0.]+|\.(?=\d)/g, '');

/** The bill. It is of no use without project and line item, so these are never dropped. */
export const COSTS: Source<CostFact> = {
  endpoint: '/organization/costs',
  groupBy: ['project_id', 'line_item', 'api_key_id', 'user_id', 'api_source'],
  droppable: ['api_source', 'user_id', 'api_key_id'],
  droppableLast: [],
  page: costPage,
  identity: ({ organization_id, project_id, api_key_id, user_id, api_source, line_item, currency, quantity_unit }) =>
    JSON.stringify([organization_id, project_id, api_key_id, user_id, api_source, line_item, currency, quantity_unit]),
  measures: ({ amount, quantity }) => JSON.stringify([amount, quantity]),
  project: { dimension: 'project_id', of: ({ project_id }) => project_id },
  problemOf: ({ amount }) => (isMoney(amount) ? undefined : 'amount_out_of_range'),
  hasDimensions: ({ project_id, line_item, api_key_id, user_id, api_source }) =>
    `${project_id}${line_item}${api_key_id}${user_id}${api_source}` !== '',
  hasValue: ({ amount }) => amount !== '0',
};
