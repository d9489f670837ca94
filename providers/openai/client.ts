import type { Dispatcher } from 'undici';
import type { UsageEndpoint } from '#domain/dataset.ts';
import type { DayRange } from '#domain/day.ts';
import type { Organization } from '#domain/integration.ts';
import { createDispatcher, createGet, type OnCall } from '../http/get.ts';
import { type CostWindow, readCosts } from './costs/costs.ts';
import { type DayTotal, readTotals } from './costs/totals.ts';
import { type ApiKey, readApiKeys } from './organization/api-keys.ts';
import { identify } from './organization/identify.ts';
import { type Project, readProjects } from './organization/projects.ts';
import { readUsers, type User } from './organization/users.ts';
import { createAskPage } from './pages/fetch-page.ts';
import { readUsage, type UsageWindow } from './usage/usage.ts';

type Options = { signal?: AbortSignal | undefined };

/**
 * OpenAI's organization API, reading only. Every method throws `OpenAiError` (see `kind`), or the signal's reason when
 * it aborts. Nothing waits or retries over time: that is the caller's business.
 */
export type OpenAi = {
  /** Checks the key and finds whose it is. */
  identify(key: string, options?: Options): Promise<Organization>;
  /** A window's costs by the finest grouping. */
  costs(key: string, window: DayRange, options?: Options): Promise<CostWindow>;
  /** A window's costs ungrouped, one total a day: the provider's own truth to compare with. */
  totals(key: string, window: DayRange, options?: Options): Promise<DayTotal[]>;
  /** A window's usage of one endpoint by the finest grouping that it allows. */
  usage(key: string, endpoint: UsageEndpoint, window: DayRange, options?: Options): Promise<UsageWindow>;
  /** All projects, archived ones too. */
  projects(key: string, options?: Options): Promise<Project[]>;
  /** A project's API keys, without anything of their secrets. */
  apiKeys(key: string, projectId: string, options?: Options): Promise<ApiKey[]>;
  /** The organization's present members. */
  users(key: string, options?: Options): Promise<User[]>;
  close(): Promise<void>;
};

type ClientOptions = { baseUrl: string; dispatcher?: Dispatcher; onCall?: OnCall };

/** `baseUrl` ends in /v1. Tests may bring a dispatcher with limits of their own; it is closed with the client. */
export function createOpenAi({ baseUrl, dispatcher, onCall = () => {} }: ClientOptions): OpenAi {
  const connection = dispatcher ?? createDispatcher();
  const get = createGet(baseUrl, connection, onCall);
  const askPage = createAskPage(get);
  return {
    identify: (key, options) => identify(get, askPage, { key, ...options }),
    costs: (key, window, options) => readCosts(askPage, window, { key, ...options }),
    totals: (key, window, options) => readTotals(askPage, window, { key, ...options }),
    usage: (key, endpoint, window, options) => readUsage(askPage, endpoint, window, { key, ...options }),
    projects: (key, options) => readProjects(get, { key, ...options }),
    apiKeys: (key, projectId, options) => readApiKeys(get, projectId, { key, ...options }),
    users: (key, options) => readUsers(get, { key, ...options }),
    close: () => connection.close(),
  };
}
