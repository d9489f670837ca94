import { addDays, type DayRange } from '#domain/day.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { type Dimension, nameFields } from '../view/dimensions.ts';
import { selectionOf } from '../view/view.ts';
import { columnOf } from './grid.ts';

/** The table of groups as SQL on the view `costs`: the same columns and rows, in the same order. */
export function groupSql(
  costs: ViewCosts,
  details: ViewDetails | undefined,
  before: DayRange | undefined,
  tenantId: string,
): string {
  const { days } = costs;
  const { by } = costs.view;
  const isNow = `day >= ${quote(days.from)}`;
  const isBefore = before && `day < ${quote(before.to)}`;
  const names = namesOf(by, tenantId);
  const columns = [
    by,
    ...(names ? [`any(names.${names.field}) AS ${names.field}`] : []),
    'any(costs.currency) AS currency',
    `sumIf(costs.amount, ${isNow}) AS amount`,
    ...(details && isBefore
      ? [
          `sumIf(costs.amount, ${isNow} AND day < ${quote(details.ended.to)}) AS compared_amount`,
          `sumIf(costs.amount, ${isBefore}) AS previous_amount`,
          'compared_amount - previous_amount AS change',
        ]
      : []),
    ...kindsInOrder([quantitiesOf(details?.parts.data ?? [])]).map(
      (kind) => `sumIf(ifNull(quantity, 0), ${isNow} AND ${isOfKind(kind)}) AS ${name(columnOf(kind))}`,
    ),
  ];
  const where = conditions(costs, { from: before?.from ?? days.from, to: days.to }, tenantId);
  if (before && before.to < days.from) where.push(`(${isBefore} OR ${isNow})`);
  return [
    `SELECT\n  ${columns.join(',\n  ')}`,
    'FROM costs',
    ...(names ? [names.join] : []),
    `WHERE ${where.join('\n  AND ')}`,
    `GROUP BY ${by}`,
    `ORDER BY amount DESC, ${by}`,
  ].join('\n');
}

/** The table of periods as SQL. A period without costs has the amount 0, one without data has none. */
export function periodSql(costs: ViewCosts, tenantId: string): string {
  const { days, byPeriod, granularity } = costs;
  const missing = byPeriod.missing_days;
  const isMissing = missing.length > 0 ? `day IN (${missing.map(quote).join(', ')})` : 'false';
  const currency = `${quote(byPeriod.currency ?? 'usd')} AS currency`;
  const firstDays = { day: 'day', week: 'toMonday(day) AS week', month: 'toStartOfMonth(day) AS month' };
  const columns =
    granularity === 'day'
      ? ['day', currency, `if(${isMissing}, NULL, spent) AS amount`]
      : [
          firstDays[granularity],
          currency,
          `if(countIf(NOT (${isMissing})) = 0, NULL, sum(spent)) AS amount`,
          `countIf(${isMissing}) AS missing_days`,
        ];
  return [
    `SELECT ${columns.join(', ')}`,
    'FROM (',
    '  SELECT day, sum(costs.amount) AS spent',
    '  FROM costs',
    `  WHERE ${conditions(costs, days, tenantId).join('\n    AND ')}`,
    '  GROUP BY day',
    `  ORDER BY day DESC WITH FILL FROM toDate(${quote(addDays(days.to, -1))}) TO toDate(${quote(addDays(days.from, -1))}) STEP -1`,
    ')',
    ...(granularity === 'day' ? [] : [`GROUP BY ${granularity}`]),
    `ORDER BY ${granularity} DESC`,
  ].join('\n');
}

/** The views with the names of ids. */
const viewOfNames = { project_name: 'projects', api_key_name: 'api_keys', user_name: 'users' } as const;

/** The field of a dimension's names, and the join that adds it; undefined where the values are no ids. */
function namesOf(by: Dimension, tenantId: string) {
  const field = nameFields[by];
  if (!field) return undefined;
  const tenant = `tenant_id = ${quote(tenantId)}`;
  const of = `SELECT ${by}, any(${field}) AS ${field} FROM ${viewOfNames[field]} WHERE ${tenant} GROUP BY ${by}`;
  return { field, join: `LEFT JOIN (${of}) AS names USING (${by})` };
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
