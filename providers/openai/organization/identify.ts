import { addDays, type DayRange, today } from '#domain/day.ts';
import type { Organization } from '#domain/integration.ts';
import { OpenAiError } from '../../http/error.ts';
import type { Credentials, Get, Headers } from '../../http/get.ts';
import { adapt, windowQuery } from '../../reports/query.ts';
import { COSTS } from '../costs/cost-source.ts';
import type { AskPage } from '../pages/fetch-page.ts';
import { askMe } from './me.ts';

const NOBODY: Organization = { id: '', name: '' };

/**
 * Checks a key by reading costs with it, and finds the organization: in the cost rows of the last month, else by `/me`
 * or a response header, else in the rows of the half year before. Someone waits for this: of each window only one page
 * is read. Throws OpenAiError for the costs requests and, where nothing else tells an id, for a `/me` that is down:
 * what goes wrong for good behind a key that can read costs does not make it a bad key.
 */
export async function identify(get: Get, askPage: AskPage, credentials: Credentials): Promise<Organization> {
  const tomorrow = addDays(today(), 1);
  const monthAgo = addDays(tomorrow, -31);
  const month = await askCosts(askPage, { from: monthAgo, to: tomorrow }, 31, credentials);
  // A page that is cut short ends before the newest days, and all days of a young organization are new.
  const week = { from: addDays(tomorrow, -7), to: tomorrow };
  const recent = month.goesOn && isNobody(month) ? await askCosts(askPage, week, 7, credentials) : month;
  if (isComplete(recent)) return { id: recent.id, name: recent.name };

  const header = ofHeader(month.headers);
  const { organizations, failure } = await askMe(get, credentials);
  let found = combine(recent, header, organizations);
  if (isNobody(recent) && !isComplete(found)) {
    const earlier = await askEarlier(askPage, { from: addDays(monthAgo, -180), to: monthAgo }, credentials);
    found = combine(earlier, header, organizations);
  }
  if (found.id === '' && failure) throw failure;
  return found;
}

type Answer = Organization & { goesOn: boolean; headers: Headers };

async function askCosts(askPage: AskPage, window: DayRange, limit: number, credentials: Credentials): Promise<Answer> {
  let query = windowQuery(COSTS, window, ['project_id'], limit);
  for (;;) {
    if (query.from >= query.to) return { ...NOBODY, goesOn: false, headers: {} };
    try {
      const { value, headers } = await askPage(query, '', credentials);
      const facts = value.buckets.flatMap((bucket) => bucket.facts);
      const id = facts.find(({ organization_id }) => organization_id)?.organization_id ?? '';
      const named = facts.filter(({ organization_id }) => organization_id === id || organization_id === '');
      const name = named.find(({ organization_name }) => organization_name)?.organization_name ?? '';
      return { id, name, goesOn: value.hasMore, headers };
    } catch (error) {
      const next = error instanceof OpenAiError ? adapt(query, error) : undefined;
      if (!next) throw error;
      query = next;
    }
  }
}

/** The key is good already: a history that cannot be asked for is no history. */
async function askEarlier(askPage: AskPage, window: DayRange, credentials: Credentials): Promise<Organization> {
  try {
    return await askCosts(askPage, window, 180, credentials);
  } catch (error) {
    if (error instanceof OpenAiError && error.kind === 'bad_request') return NOBODY;
    throw error;
  }
}

/** The header holds an id (org-…) or, for older organizations, a short name. */
function ofHeader(headers: Headers): Organization {
  const value = String(headers['openai-organization'] ?? '').trim();
  return value.startsWith('org-') ? { id: value, name: '' } : { id: '', name: value };
}

/**
 * What rows say, completed by the others. The key's owner may be a member of several organizations, and a wrong one
 * would be worse than none: one is taken only if it agrees with the rows and the header or, where these name no id, if
 * there is no other.
 */
function combine(rows: Organization, header: Organization, mine: Organization[]): Organization {
  const id = rows.id || header.id;
  const agrees = (one: Organization) => (id === '' ? rows.name === '' || one.name === rows.name : one.id === id);
  const [only = NOBODY, another] = mine.filter(agrees);
  const member = another ? NOBODY : only;
  return { id: rows.id || member.id || header.id, name: rows.name || member.name || header.name };
}

function isNobody({ id, name }: Organization): boolean {
  return id === '' && name === '';
}

function isComplete({ id, name }: Organization): boolean {
  return id !== '' && name !== '';
}
