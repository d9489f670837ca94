import { addDays, type Day, type DayRange } from '#domain/day.ts';
import type { Get } from '../../http/get.ts';
import type { FetchPage } from '../../reports/fetch-page.ts';
import type { BucketPage } from '../../reports/query/bucket-page.ts';
import { maxBytes, type WindowQuery } from '../../reports/query/query.ts';
import { QueryRefusedError } from '../../reports/query/refusal.ts';
import { PAGE_DAYS } from '../../reports/window.ts';
import { type GroupByName, queryParams } from './query-params.ts';

/**
 * OpenAI's SDKs write `group_by[]`, its specification says `group_by`, and a server that knows the one may refuse or
 * ignore the other. The name that this server understands is found out with the first query and remembered, and so is that it
 * refuses long pages.
 */
export function createFetchPage(get: Get): FetchPage {
  let groupBy: GroupByName = 'group_by[]';
  let isProven = false;
  let refusesLongPages = false;

  const fetchPage: FetchPage = async (query, token, options) => {
    const { endpoint, page, hasDimensions } = query.source;
    const fetchAs = (name: GroupByName, { from, to }: DayRange, pageToken: string) => {
      const part = { ...query, from, to };
      return get(endpoint, queryParams(part, name, pageToken), page, options, maxBytes(part));
    };
    const name = groupBy;
    const otherName = name === 'group_by' ? 'group_by[]' : 'group_by';

    const response = await fetchAs(name, query, token).catch(orUnknownParameter);
    if (response) {
      const isTrusted = isProven && groupBy === name;
      const day = isTrusted ? undefined : firstUngroupedDay(query, response.value);
      if (day === undefined) return response;

      const understandsOther = await fetchAs(otherName, { from: day, to: addDays(day, 1) }, '').then(
        ({ value }) => value.buckets.some(({ facts }) => facts.some(hasDimensions)),
        orRefusedDimension,
      );
      isProven = true;
      if (!understandsOther) return response;
    }
    groupBy = otherName;
    // A token is bound to its query, so the server would refuse it with the other name.
    if (token !== '') throw new QueryRefusedError({ about: 'unknown', isOfStart: false }, { endpoint });
    return fetchAs(otherName, query, '');
  };

  return async (query, token, options) => {
    const isLong = query.limit > PAGE_DAYS;
    try {
      return await fetchPage(isLong && refusesLongPages ? { ...query, limit: PAGE_DAYS } : query, token, options);
    } catch (error) {
      refusesLongPages ||= isLong && error instanceof QueryRefusedError && error.refusal.about === 'limit';
      throw error;
    }
  };
}

/**
 * The first day that has values but no dimension although several were requested: the server ignored the grouping. A
 * single dimension proves nothing, since it may be unknown for all facts.
 */
function firstUngroupedDay<Fact>(query: WindowQuery<Fact>, { buckets }: BucketPage<Fact>): Day | undefined {
  const { source, groupBy, from, to } = query;
  if (groupBy.length <= 1) return undefined;
  const ofWindow = buckets.filter(({ day }) => day >= from && day < to);
  if (ofWindow.some(({ facts }) => facts.some(source.hasDimensions))) return undefined;
  return ofWindow.find(({ facts }) => facts.some(source.hasValue))?.day;
}

function orUnknownParameter(error: unknown): undefined {
  if (!(error instanceof QueryRefusedError) || error.refusal.about !== 'group_by') throw error;
}

/** Whether the server read the grouping: any refusal says so, unless it is about the name of the parameter. */
function orRefusedDimension(error: unknown): boolean {
  if (!(error instanceof QueryRefusedError)) throw error;
  return error.refusal.about !== 'group_by';
}
