import type { Day } from '../arithmetic/day.ts';
import type { Keys } from './keys.ts';
import type { Reply } from './replies.ts';

/**
 * A defect in pages. After the first one, `empty_forever` is an endless chain of empty pages, and `same_token` a page
 * that names itself as the next one (lower `bucketsPerPage` to get one). `null_next` is `has_more` without a token;
 * `split_bucket` leaves half of a page's last bucket to the next page.
 */
export type PageQuirk = 'none' | 'empty_forever' | 'null_next' | 'same_token' | 'split_bucket';

/** The settings that can be changed while a simulator runs. */
export interface Knobs {
  latencyMs: number;
  /** The share of requests that get 429, 0 to 1. */
  rate429: number;
  /** The share of requests that get 500, 502 (an HTML page) or 503. */
  rate5xx: number;
  retryAfterSeconds: number;
  /** `/organization/costs` responds with 404, as OpenAI's did once for hours. */
  outage: boolean;
  /** Paths (without /v1) that always fail, with the status: 403 is a missing scope, 404 an unknown URL. */
  down: Readonly<Record<string, number>>;
  /** Paths (without /v1) with a response of their own. */
  replies: Readonly<Record<string, Reply>>;
  /** An undocumented metric, such as `output_reasoning_tokens`, on some rows of each usage endpoint. */
  newMetric: string;
  /** Errors carry a bare string instead of an object. */
  bareErrors: boolean;
  projectKeyStatus: 401 | 403;
  /** The most buckets of a page, whatever its `limit`. */
  bucketsPerPage: number;
  /** A larger `limit` of costs is refused. */
  mostCostBuckets: number;
  pageQuirk: PageQuirk;
  /** Page tokens older than this are refused. */
  pageTokenSeconds: number;
  /** How far back `start_time` may lie. */
  lookbackDays: number;
  /** Before this day, costs cannot be grouped by API key or user. */
  keysKnownSince: Day;
  /** Whether the organization has the dimension `api_source`; without it, grouping by it is refused. */
  apiSources: boolean;
  /** Before this day, costs cannot be grouped by `api_source`; '' for no such day. */
  apiSourcesSince: Day | '';
  /** A query of costs with one of these days cannot be grouped by user and project, nor filtered by project beside users. */
  usersApart: { from: Day; to: Day } | null;
  /** How usage tells cache writes by retention: by numbers, by null, or not at all. */
  cacheWriteRetention: 'told' | 'null' | 'absent';
  /** Logins of people who lost access: no list of users has them, and their keys are listed only where they are asked for. */
  formerMembers: readonly string[];
  /** Whether lists of API keys take `owner_project_access`; without it, they refuse the parameter. */
  ownerProjectAccess: boolean;
  /** Whether users have their name and address in a nested user alone, and service accounts are among them. */
  nestedUsers: boolean;
  /** Where projects are stored and processed, by their short names; `GLOBAL` where nothing is said. */
  residencies: Readonly<Record<string, string>>;
  /** Hard spend limits a month, of `organization` and of projects by their short names. */
  spendLimits: Readonly<Record<string, { cents: number; enforcing?: boolean }>>;
  /** The response where no hard limit is set: 404, or `null`. */
  unsetSpendLimit: 'not_found' | 'null';
  /** The thresholds of spend alerts in cents, by the same names. */
  spendAlerts: Readonly<Record<string, readonly number[]>>;
  /** When admin keys expire, in unix seconds, by their names in `keys`; those that are absent never do. */
  keyExpiresAt: Readonly<Partial<Record<keyof Keys, number>>>;
  /** The only host that serves the organization, such as `eu.api.openai.com`; '' for any. */
  regionHost: string;
  /** Whether `/me` accepts admin keys. */
  me: boolean;
  /** Whether cost rows have the id of the organization beside its name. */
  organizationIds: boolean;
  /** Whether responses name the organization in a header. */
  organizationHeader: boolean;
}

export const defaultKnobs: Knobs = {
  latencyMs: 0,
  rate429: 0,
  rate5xx: 0,
  retryAfterSeconds: 1,
  outage: false,
  down: {},
  replies: {},
  newMetric: '',
  bareErrors: false,
  projectKeyStatus: 403,
  bucketsPerPage: 31,
  mostCostBuckets: 180,
  pageQuirk: 'none',
  pageTokenSeconds: 300,
  lookbackDays: 365,
  keysKnownSince: '2025-12-06',
  apiSources: true,
  apiSourcesSince: '',
  usersApart: null,
  cacheWriteRetention: 'told',
  formerMembers: [],
  ownerProjectAccess: true,
  nestedUsers: false,
  residencies: {},
  spendLimits: {},
  unsetSpendLimit: 'not_found',
  spendAlerts: {},
  keyExpiresAt: {},
  regionHost: '',
  me: true,
  organizationIds: true,
  organizationHeader: true,
};
