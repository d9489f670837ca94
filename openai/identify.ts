import { readChain } from './chain.ts';
import { COSTS } from './cost-source.ts';
import { addDays, toDay } from './days.ts';
import { OpenAiError } from './error.ts';
import type { Credentials, Get, Headers } from './http.ts';
import { askMe } from './me.ts';
import { adapt, type WindowQuery, windowQuery } from './query.ts';
import type { CostFact } from './schemas.ts';

/** Whose key it is; '' for what the provider tells nowhere. */
export type Organization = { id: string; name: string };

/**
 * Checks a key by reading costs with it, and finds the organization: in the cost rows of the last month, else of the
 * half year before, else by `/me`, else in a response header. Throws OpenAiError only for the costs requests: what
 * goes wrong behind a key that can read costs does not make it a bad key.
 */
export async function identify(get: Get, credentials: Credentials): Promise<Organization> {
  const tomorrow = addDays(toDay(Date.now() / 1000), 1);
  const monthAgo = addDays(tomorrow, -31);
  const recent = await askCosts(
    get,
    windowQuery(COSTS, { from: monthAgo, to: tomorrow }, ['project_id'], 31),
    credentials,
  );
  if (isComplete(recent.organization)) return recent.organization;

  const known =
    recent.organization.id === '' && recent.organization.name === ''
      ? await askEarlier(
          get,
          windowQuery(COSTS, { from: addDays(monthAgo, -180), to: monthAgo }, ['project_id'], 180),
          credentials,
        )
      : recent.organization;
  if (isComplete(known)) return known;

  const header = ofHeader(recent.headers);
  const ofMe = await askMe(get, { known, header }, credentials);
  return { id: known.id || ofMe.id || header.id, name: known.name || ofMe.name || header.name };
}

type Answer = { organization: Organization; headers: Headers };

async function askCosts(get: Get, asked: WindowQuery<CostFact>, credentials: Credentials): Promise<Answer> {
  let query = asked;
  for (;;) {
    if (query.from >= query.to) return { organization: { id: '', name: '' }, headers: {} };
    try {
      const { days, headers } = await readChain(get, query, credentials);
      const facts = [...days.values()].flat();
      const id = facts.find(({ organization_id }) => organization_id)?.organization_id ?? '';
      const named = facts.filter(({ organization_id }) => organization_id === id || organization_id === '');
      const name = named.find(({ organization_name }) => organization_name)?.organization_name ?? '';
      return { organization: { id, name }, headers };
    } catch (error) {
      const next = error instanceof OpenAiError ? adapt(query, error) : undefined;
      if (!next) throw error;
      query = next;
    }
  }
}

/** The key is good already: a history that cannot be asked for is no history. */
async function askEarlier(get: Get, query: WindowQuery<CostFact>, credentials: Credentials): Promise<Organization> {
  try {
    return (await askCosts(get, query, credentials)).organization;
  } catch (error) {
    if (error instanceof OpenAiError && error.kind === 'bad_request') return { id: '', name: '' };
    throw error;
  }
}

/** The header holds an id (org-…) or, for older organizations, a short name. */
function ofHeader(headers: Headers): Organization {
  const value = String(headers['openai-organization'] ?? '').trim();
  return value.startsWith('org-') ? { id: value, name: '' } : { id: '', name: value };
}

function isComplete({ id, name }: Organization): boolean {
  return id !== '' && name !== '';
}
