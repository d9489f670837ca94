import { addDays, type DayRange, today } from '#domain/day.ts';
import type { Organization } from '#domain/integration.ts';
import { ProviderError } from '../../http/error.ts';
import type { Get, RequestOptions } from '../../http/get.ts';
import type { ResponseHeaders } from '../../http/response.ts';
import type { FetchPage } from '../../reports/fetch-page.ts';
import { adaptQuery } from '../../reports/query/adapt-query.ts';
import { windowQuery } from '../../reports/query/query.ts';
import { COSTS } from '../costs/cost-source.ts';
import { fetchMe } from './me.ts';

const UNKNOWN: Organization = { id: '', name: '' };

/**
 * Checks a key by reading costs, and finds its organization: in the cost rows of the last month, by `/me` or a response
 * header, or in the rows of the half year before. A person is waiting, so it fetches only one page of each window.
 * Throws ProviderError for the costs requests, and for `/me` where that fails for now and nothing else gave an id.
 */
export async function identify(get: Get, fetchPage: FetchPage, options: RequestOptions): Promise<Organization> {
  const tomorrow = addDays(today(), 1);
  const monthAgo = addDays(tomorrow, -31);
  const month = await fetchOwner(fetchPage, { from: monthAgo, to: tomorrow }, 31, options);
  // A short page ends before the newest days, and these are the only ones that a new organization has.
  const week = { from: addDays(tomorrow, -7), to: tomorrow };
  const recent = month.hasMore && isUnknown(month) ? await fetchOwner(fetchPage, week, 7, options) : month;
  if (isComplete(recent)) return { id: recent.id, name: recent.name };

  const fromHeader = readHeader(month.headers);
  const { organizations, failure } = await fetchMe(get, options);
  let found = combine(recent, fromHeader, organizations);
  if (isUnknown(recent) && !isComplete(found)) {
    const earlier = await fetchEarlierOwner(fetchPage, { from: addDays(monthAgo, -180), to: monthAgo }, options);
    found = combine(earlier, fromHeader, organizations);
  }
  if (found.id === '' && failure) throw failure;
  return found;
}

type Owner = Organization & { hasMore: boolean; headers: ResponseHeaders };

/** The organization that the first page of a window's costs names. */
async function fetchOwner(
  fetchPage: FetchPage,
  window: DayRange,
  limit: number,
  options: RequestOptions,
): Promise<Owner> {
  let query = windowQuery(COSTS, window, ['project_id'], limit);
  for (;;) {
    if (query.from >= query.to) return { ...UNKNOWN, hasMore: false, headers: {} };
    try {
      const { value, headers } = await fetchPage(query, '', options);
      const facts = value.buckets.flatMap((bucket) => bucket.facts);
      const ids = [...new Set(facts.map(({ organization_id }) => organization_id).filter((id) => id !== ''))];
      if (ids.length > 1) return { ...UNKNOWN, hasMore: value.hasMore, headers }; // the response does not tell whose the key is
      const id = ids[0] ?? '';
      const ofSame = facts.filter(({ organization_id }) => organization_id === id || organization_id === '');
      const name = ofSame.find(({ organization_name }) => organization_name)?.organization_name ?? '';
      return { id, name, hasMore: value.hasMore, headers };
    } catch (error) {
      const adapted = adaptQuery(query, error);
      if (!adapted) throw error;
      query = adapted;
    }
  }
}

/** The key has been accepted already, so a refused window only means that it names no organization. */
async function fetchEarlierOwner(
  fetchPage: FetchPage,
  window: DayRange,
  options: RequestOptions,
): Promise<Organization> {
  try {
    return await fetchOwner(fetchPage, window, 180, options);
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'bad_request') return UNKNOWN;
    throw error;
  }
}

/** The header holds an id (org-…) or, for older organizations, a short name. */
function readHeader(headers: ResponseHeaders): Organization {
  const value = String(headers['openai-organization'] ?? '').trim();
  return value.startsWith('org-') ? { id: value, name: '' } : { id: '', name: value };
}

/**
 * Completes the rows' organization from the other sources. The key's owner may belong to several organizations, and a
 * wrong one is worse than none: one is used only if it is the only one that agrees with the rows and the header.
 */
function combine(rows: Organization, header: Organization, ofOwner: Organization[]): Organization {
  const id = rows.id || header.id;
  const agrees = (one: Organization) => (id === '' ? rows.name === '' || one.name === rows.name : one.id === id);
  const [only = UNKNOWN, another] = ofOwner.filter(agrees);
  const member = another ? UNKNOWN : only;
  return { id: rows.id || member.id || header.id, name: rows.name || member.name || header.name };
}

function isUnknown({ id, name }: Organization): boolean {
  return id === '' && name === '';
}

function isComplete({ id, name }: Organization): boolean {
  return id !== '' && name !== '';
}
