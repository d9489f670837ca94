import type { AggregateQuestion } from './aggregate.ts';
import { type Facts, type Of, periodOf, type Statement } from './fact-table.ts';
import { filteredFacts } from './filtered-facts.ts';

/**
 * A question in SQL: facts become groups, groups are summed up, and a page of them is named. Sums of all groups stand
 * in each row, which costs nothing; so one row is kept even where none comes after the position.
 */
export function aggregateSql(facts: Facts, question: AggregateQuestion): string {
  const { group_by, order, after, search, compare } = question;
  const measures = Object.keys(facts.measures);
  const sums = (name: string) => `[${measures.map((_, index) => `${name}_${index}`).join(', ')}]`;
  const compared = `${sums('sum_before')} AS sums_before, ${minus('sums', 'sums_before')} AS changes,
    ${sums('total_before')} AS totals_before, ${minus('totals', 'totals_before')} AS total_changes`;
  const by = measures.indexOf(order.by);
  const place = (value: string, key: (index: number) => string) =>
    [...(by < 0 ? [] : [`${order.descending ? '-' : ''}${value}`]), ...group_by.map((_, index) => key(index))]
      .map((part) => `, ${part}`)
      .join('');
  const inOrder = `period${place(`sum_${by}`, (index) => `key_${index}`)}`;
  const start = `{after_period: Date}${place('{after_value: Decimal(38, 18)}', (index) => `{after_key_${index}: String}`)}`;
  const isAfter = `toBool(tuple(${inOrder}) > tuple(${start}))`;

  const totals = measures.flatMap((name, index) => {
    const part = facts.totals[name] ? 'part' : 'sum';
    return [
      `, sum(${part}_${index}) OVER () AS total_${index}`,
      `, sum(${part}_before_${index}) OVER () AS total_before_${index}`,
    ];
  });
  const summedUp = `SELECT *, row_number() OVER () AS nth ${totals.join('')} ${aliased(facts.overall, 'all')}
    FROM (${groupsSql(facts, question)})`;
  const holds = (text: string) => `positionCaseInsensitiveUTF8(${text}, {search: String}) > 0`;
  const page = `SELECT *, ${after ? isAfter : 'true'} AS is_asked
    FROM (${search ? withNames(facts, group_by, summedUp) : summedUp})
    WHERE (is_asked OR nth = 1) ${search ? `AND (${holds('toString(key_0)')} OR ${holds('name_0')})` : ''}
    ORDER BY is_asked DESC, ${inOrder} LIMIT {page: UInt32}`;

  return `SELECT is_asked, period,
    ${texts(group_by, (index) => `toString(key_${index})`)} AS keys, ${texts(group_by, (index) => `name_${index}`)} AS names,
    ${sums('sum')} AS sums, ${sums('total')} AS totals, ${compare ? compared : nothingCompared}
    ${aliased(facts.details, 'the')} ${Object.keys(facts.overall)
      .map((name) => `, all_${name}`)
      .join('')}
    FROM (${search ? page : withNames(facts, group_by, page)})
    ORDER BY is_asked DESC, ${inOrder}`;
}

const aliased = (statements: Readonly<Record<string, string>>, prefix: string) =>
  Object.entries(statements)
    .map(([name, sql]) => `, ${sql} AS ${prefix}_${name}`)
    .join('');

// Ten thousand rows of zeros take longer to write and to read than to sum up.
const nothingCompared = '[] AS sums_before, [] AS changes, [] AS totals_before, [] AS total_changes';

const minus = (now: string, before: string) => `arrayMap((now, before) -> now - before, ${now}, ${before})`;

/** Texts as an array in SQL, also of none. */
const texts = (names: readonly string[], sql: (index: number) => string) =>
  `[${names.map((_, index) => sql(index)).join(', ')}]::Array(String)`;

/** One row per period and key. */
function groupsSql(facts: Facts, { group_by, granularity, filters, compare }: AggregateQuestion): string {
  const { dimensions, names, measures, totals, kept } = facts;
  const within =
    (when: string): Of =>
    (aggregate, column = '', condition = '') => {
      const conditions = [when, condition].filter((each) => each !== '').join(' AND ');
      if (conditions === '') return `${aggregate}(${column})`;
      return `${aggregate}If(${column && `${column}, `}${conditions})`;
    };
  const now = within(compare ? 'day >= {from: Date}' : '');
  const before = within('day < {from: Date}');
  const billed = group_by.map((name) => names[name]?.billed);
  const statements = [...billed, ...Object.values(measures), ...Object.values(totals), ...Object.values(kept)];
  const columns = [
    ...group_by.filter((name) => dimensions[name] === 'fact'),
    ...statements.flatMap((statement) => statement?.columns ?? []),
  ];
  const all = within('');
  const both = ({ sql }: Statement, name: string, index: number) => [
    `${sql(now)} AS ${name}_${index}`,
    `${compare ? sql(before) : 'toDecimal128(0, 18)'} AS ${name}_before_${index}`,
  ];
  return `SELECT ${[
    `${periodOf(granularity)} AS period`,
    ...group_by.map((name, index) => `${name} AS key_${index}`),
    ...billed.map((statement, index) => `${statement?.sql(all) ?? `''`} AS billed_${index}`),
    ...Object.entries(measures).flatMap(([name, measure], index) => [
      ...both(measure, 'sum', index),
      ...(totals[name] ? both(totals[name], 'part', index) : []),
    ]),
    ...Object.entries(kept).map(([name, { sql }]) => `${sql(now)} AS ${name}`),
  ].join(', ')}
    FROM ${filteredFacts(facts, columns, filters, compare ? '{from: Date} - {days: UInt16}' : undefined)}
    GROUP BY ${['period', ...group_by.map((_, index) => `key_${index}`)].join(', ')}
    HAVING count() > 0`;
}

/** Adds a name to each key: the listed one, else the one that was billed, else the key itself. */
function withNames({ names }: Facts, group_by: readonly string[], groups: string): string {
  const joins = group_by.map((name, index) => {
    const listed = names[name]?.listed;
    return listed ? `LEFT JOIN (${listed}) AS listed_${index} ON listed_${index}.id = groups.key_${index}` : '';
  });
  const name = (dimension: string, index: number) =>
    names[dimension]
      ? `coalesce(nullIf(listed_${index}.name, ''), nullIf(toString(billed_${index}), ''), toString(key_${index}))`
      : `toString(key_${index})`;
  return `SELECT groups.*${group_by.map((dimension, index) => `, ${name(dimension, index)} AS name_${index}`).join('')}
    FROM (${groups}) AS groups ${joins.join(' ')}`;
}
