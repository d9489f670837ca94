import { startOfDay } from '#domain/day.ts';
import type { WindowQuery } from '../../reports/query/query.ts';

/** The two ways to write the parameter that is repeated for each dimension; filters are written alike. */
export type GroupByName = 'group_by[]' | 'group_by';

/** A query as URL parameters. `token`: of the page, '' for the first one. */
export function queryParams(query: WindowQuery<unknown>, groupBy: GroupByName, token: string): [string, string][] {
  return [
    ['start_time', String(startOfDay(query.from) / 1000)],
    ['end_time', String(Math.min(startOfDay(query.to) / 1000, query.now))],
    ['bucket_width', '1d'],
    ['limit', String(query.limit)],
    ...query.groupBy.map((dimension): [string, string] => [groupBy, dimension]),
    ...(query.projects ?? []).map((id): [string, string] => [
      groupBy === 'group_by' ? 'project_ids' : 'project_ids[]',
      id,
    ]),
    ...(token === '' ? [] : [['page', token] satisfies [string, string]]),
  ];
}
