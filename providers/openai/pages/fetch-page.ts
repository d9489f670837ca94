import { addDays, type DayRange } from '#domain/day.ts';
import { OpenAiError } from '../../http/error.ts';
import { type Credentials, type Get, type Headers, LONGEST_DAY, LONGEST_PAGE } from '../../http/get.ts';
import type { BucketPage } from '../../reports/bucket-page.ts';
import { type GroupBy, queryParams, type WindowQuery } from '../../reports/query.ts';

/** One page of a query: the first by the token '', another by the token that led there. Throws OpenAiError. */
export type AskPage = <Fact>(
  query: WindowQuery<Fact>,
  token: string,
  credentials: Credentials,
) => Promise<{ value: BucketPage<Fact>; headers: Headers }>;

/**
 * OpenAI takes `group_by[]`, as its own SDKs write it; its contract says `group_by`, and a server built by that may
 * refuse the other or overlook it. What this server turns out to understand is remembered.
 */
export function createAskPage(get: Get): AskPage {
  let groupBy: GroupBy = 'group_by[]';
  let isCertain = false;

  return async (query, token, credentials) => {
    const { endpoint, page } = query.source;
    const ask = (as: GroupBy, { from, to }: DayRange, by: string) => {
      const part = { ...query, from, to };
      const longest = query.limit === 1 || addDays(from, 1) === to ? LONGEST_DAY : LONGEST_PAGE;
      return get(endpoint, queryParams(part, as, by), page, credentials, longest);
    };
    const written = groupBy;
    const other = written === 'group_by' ? 'group_by[]' : 'group_by';

    const answer = await ask(written, query, token).catch(unlessMisspelt);
    if (answer) {
      const isProven = isCertain && groupBy === written;
      const day = isProven ? undefined : undividedDay(query, answer.value);
      if (day === undefined) return answer;

      const thatDay = { from: day, to: addDays(day, 1) };
      const divides = ({ value }: typeof answer) =>
        value.buckets.some(({ facts }) => facts.some(query.source.isDivided));
      const isHeard = await ask(other, thatDay, '').then(divides, isRefusal);
      isCertain = true;
      if (!isHeard) return answer;
    }
    groupBy = other;
    // A token is bound to its query: it is as good as refused.
    if (token !== '') throw new OpenAiError('bad_request', { endpoint, refusal: { about: 'unknown' } });
    return ask(other, query, '');
  };
}

/**
 * The first day with something to divide, where nothing is divided although that was asked for. A single dimension may
 * be unknown in all that an organization does, which says nothing of the server.
 */
function undividedDay<Fact>({ source, groupBy, from, to }: WindowQuery<Fact>, { buckets }: BucketPage<Fact>) {
  if (groupBy.length <= 1) return undefined;
  const within = buckets.filter(({ day }) => day >= from && day < to);
  if (within.some(({ facts }) => facts.some(source.isDivided))) return undefined;
  return within.find(({ facts }) => facts.some(source.isSomething))?.day;
}

function unlessMisspelt(error: unknown): undefined {
  if (!(error instanceof OpenAiError) || error.refusal?.about !== 'group_by') throw error;
}

/** Whoever has something against a grouping has read it, unless the parameter itself is unknown. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof OpenAiError) || !error.refusal) throw error;
  return error.refusal.about !== 'group_by';
}
