import type { Dispatcher } from 'undici';
import type { UsageEndpoint } from '#domain/dataset.ts';
import type { DayRange } from '#domain/day.ts';
import type { Organization } from '#domain/integration.ts';
import { createDispatcher, createGet, type OnCall } from '../http/get.ts';
import type { Region } from '../http/region.ts';
import { type CostWindow, readCosts } from './costs/costs.ts';
import type { CostsQuery } from './costs/foreign.ts';
import { type DayTotal, readTotals, type TotalsQuery } from './costs/totals.ts';
import { classify } from './errors/classify.ts';
import { type ApiKey, createReadApiKeys } from './organization/api-keys.ts';
import { identify } from './organization/identify.ts';
import { readKeyExpiry } from './organization/key-expiry.ts';
import { type Project, readProjects } from './organization/projects.ts';
import { type FoundLimits, readSpendLimits } from './organization/spend-limits.ts';
import { readUsers, type User } from './organization/users.ts';
import { createFetchPage } from './pages/fetch-page.ts';
import { readUsage, type UsageWindow } from './usage/usage.ts';

/** `region`: where the organization is served. Without it, a request to the wrong host is refused as `wrong_region`. */
type Options = { signal?: AbortSignal | undefined; region?: Region };

/**
 * OpenAI's organization API, read only. Every method throws `ProviderError` (see its `kind`), or the signal's reason
 * when it aborts. No method waits and retries: the caller decides about that.
 */
export type OpenAi = {
  /** Checks the key and finds its organization. */
  identify(key: string, options?: Options): Promise<Organization>;
  /** A window's costs by the finest grouping, or as an outline. */
  costs(key: string, window: CostsQuery, options?: Options): Promise<CostWindow>;
  /** A window's ungrouped costs, one total a day: OpenAI's own figure to compare the window of `costs` with. */
  totals(key: string, window: TotalsQuery, options?: Options): Promise<DayTotal[]>;
  /** A window's usage of one endpoint by the finest grouping that it accepts. */
  usage(key: string, endpoint: UsageEndpoint, window: DayRange, options?: Options): Promise<UsageWindow>;
  /** All projects, archived ones too. */
  projects(key: string, options?: Options): Promise<Project[]>;
  /** A project's API keys, without any part of their secrets. */
  apiKeys(key: string, projectId: string, options?: Options): Promise<ApiKey[]>;
  /** The organization's present members. */
  users(key: string, options?: Options): Promise<User[]>;
  /** The hard limit and the alerts of a project, or of the organization where the id is ''. */
  spendLimits(key: string, projectId: string, options?: Options): Promise<FoundLimits>;
  /** When the key itself expires, in unix seconds; null where it never does or OpenAI does not say. */
  keyExpiry(key: string, options?: Options): Promise<number | null>;
  close(): Promise<void>;
};

type ClientOptions = { baseUrl: string; dispatcher?: Dispatcher; onCall?: OnCall };

/** `baseUrl` ends in /v1. A test may bring a dispatcher with limits of its own; it is closed with the client. */
export function createOpenAi({ baseUrl, dispatcher = createDispatcher(), onCall = () => {} }: ClientOptions): OpenAi {
  const get = createGet({ baseUrl, dispatcher, onCall, headersOf, regionalUrl, classify });
  const fetchPage = createFetchPage(get);
  const readApiKeys = createReadApiKeys(get);
  return {
    identify: (key, options) => identify(get, fetchPage, { key, ...options }),
    costs: (key, window, options) => readCosts(fetchPage, window, { key, ...options }),
    totals: (key, window, options) => readTotals(fetchPage, window, { key, ...options }),
    usage: (key, endpoint, window, options) => readUsage(fetchPage, endpoint, window, { key, ...options }),
    projects: (key, options) => readProjects(get, { key, ...options }),
    apiKeys: (key, projectId, options) => readApiKeys(projectId, { key, ...options }),
    users: (key, options) => readUsers(get, { key, ...options }),
    spendLimits: (key, projectId, options) => readSpendLimits(get, projectId, { key, ...options }),
    keyExpiry: (key, options) => readKeyExpiry(get, { key, ...options }),
    close: () => dispatcher.close(),
  };
}

function headersOf(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'user-agent': 'pump-openai-costs' };
}

/** The key goes to no other host than OpenAI's own, whatever a response or a stored record says. */
function regionalUrl(host: string): string {
  if (!/^[a-z]+\.api\.openai\.com$/.test(host)) throw new RangeError('This is no host of OpenAI');
  return `https://${host}/v1`;
}
