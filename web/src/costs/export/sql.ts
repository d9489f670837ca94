import { addDays, type DayRange } from '#domain/day.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { selectionOf } from '../view/view.ts';
import { columnOf } from './grid.ts';

/** The table of groups as SQL on the view `costs`: the same columns and rows, in the same order. */
export function groupSql(
  costs: ViewCosts,
  { parts, ended }: ViewDetails,
  before: DayRange | undefined,
  tenantId: string,
): string {
  const { days } = costs;
  const { by } = costs.view;
  const isNow = `day >= ${quote(days.from)}`;
  const isBefore = before && `day < ${quote(before.to)}`;
  const columns = [
    by,
    ...(by === 'project_id' ? ['argMax(costs.project_name, day) AS project_name'] : []),
    'any(costs.currency) AS currency',
    `sumIf(costs.amount, ${isNow}) AS amount`,
    ...(isBefore
      ? [
          `sumIf(costs.amount, ${isNow} AND day < ${quote(ended.to)}) AS compared_amount`,
          `sumIf(costs.amount, ${isBefore}) AS previous_amount`,
          'compared_amount - previous_amount AS change',
        ]
      : []),
    ...kindsInOrder([quantitiesOf(parts.data)]).map(
      (kind) => `sumIf(ifNull(quantity, 0), ${isNow} AND ${isOfKind(kind)}) AS ${name(columnOf(kind))}`,
    ),
  ];
  const where = conditions(costs, { from: before?.from ?? days.from, to: days.to }, tenantId);
  if (before && before.to < days.from) where.push(`(${isBefore} OR ${isNow})`);
  return [
    `SELECT\n  ${columns.join(',\n  ')}`,
    'FROM costs',
    `WHERE ${where.join('\n  AND ')}`,
    `GROUP BY ${by}`,
    `ORDER BY amount DESC, ${by}`,
  ].join('\n');
}

/** The table of days as SQL. A day without costs has the amount 0, a day without data has none. */
export function daySql(costs: ViewCosts, tenantId: string): string {
  const { days, daily } = costs;
  const missing = daily.missing_days;
  const amount =
    missing.length > 0 ? `if(day IN (${missing.map(quote).join(', ')}), NULL, spent) AS amount` : 'spent AS amount';
  return [
    `SELECT day, ${quote(daily.currency ?? 'usd')} AS currency, ${amount}`,
    'FROM (',
    '  SELECT day, sum(costs.amount) AS spent',
    '  FROM costs',
    `  WHERE ${conditions(costs, days, tenantId).join('\n    AND ')}`,
    '  GROUP BY day',
    `  ORDER BY day DESC WITH FILL FROM toDate(${quote(addDays(days.to, -1))}) TO toDate(${quote(addDays(days.from, -1))}) STEP -1`,
    ')',
    'ORDER BY day DESC',
  ].join('\n');
}

const conditions = ({ view }: ViewCosts, { from, to }: DayRange, tenantId: string) => [
  `tenant_id = ${quote(tenantId)}`,
  `day >= ${quote(from)}`,
  `day < ${quote(to)}`,
  ...[...Map.groupBy(selectionOf(view), ([name]) => name)].map(
    ([name, values]) => `costs.${name} IN (${values.map(([, value]) => quote(value)).join(', ')})`,
  ),
];

function isOfKind(kind: string): string {
  if (isTokenType(kind)) return `quantity_unit = 'tokens' AND token_type = ${quote(kind)}`;
  const types = kind === 'tokens' ? ` AND token_type NOT IN ('input', 'cached_input', 'cache_write', 'output')` : '';
  return `quantity_unit = ${quote(kind)}${types}`;
}

const quote = (text: string) => `'${escaped(text, "'")}'`;
const name = (text: string) => (/^[a-z]\w*$/i.test(text) ? text : `\`${escaped(text, '`')}\``);
const escaped = (text: string, quotation: string) =>
  text.replaceAll('\\', '\\\\').replaceAll(quotation, `\\${quotation}`);
