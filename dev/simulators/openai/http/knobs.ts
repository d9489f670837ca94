import type { Day } from '../arithmetic/day.ts';

/**
 * How the costs and the usage are paged wrongly:
 * `empty_forever`: after the first page, empty ones that promise more, for ever;
 * `null_next`: more is promised, and no token given;
 * `same_token`: a page after the first names itself as the next one (lower `bucketsPerPage` to have one);
 * `split_bucket`: half of a page's last bucket comes on the next page.
 */
export type PageQuirk = 'none' | 'empty_forever' | 'null_next' | 'same_token' | 'split_bucket';

/** What can be set while it runs. */
export interface Knobs {
  latencyMs: number;
  /** The share of requests answered with 429, 0 to 1. */
  rate429: number;
  /** The share of requests answered with 500, 502 (an HTML page) or 503. */
  rate5xx: number;
  retryAfterSeconds: number;
  /** `/organization/costs` answers 404, as it once did for hours. */
  outage: boolean;
  /** Paths (without /v1) that are gone for good, and how: 403 is a missing scope, 404 a URL that is not there. */
  down: Readonly<Record<string, number>>;
  /** A metric that no document knows, such as `output_reasoning_tokens`: on some rows of each usage endpoint. */
  newMetric: string;
  /** Errors carry a bare string instead of an object. */
  bareErrors: boolean;
  projectKeyStatus: 401 | 403;
  /** However high the `limit`, a page has no more buckets than this. */
  bucketsPerPage: number;
  pageQuirk: PageQuirk;
  /** Page tokens older than this are refused. */
  pageTokenSeconds: number;
  /** How far back `start_time` may lie. */
  lookbackDays: number;
  /** Before this day costs are not known by API key or user. */
  keysKnownSince: Day;
  /** Whether `/me` answers admin keys. */
  me: boolean;
  /** Whether answers name the organization in a header. */
  organizationHeader: boolean;
}

export const defaultKnobs: Knobs = {
  latencyMs: 0,
  rate429: 0,
  rate5xx: 0,
  retryAfterSeconds: 1,
  outage: false,
  down: {},
  newMetric: '',
  bareErrors: false,
  projectKeyStatus: 403,
  bucketsPerPage: 31,
  pageQuirk: 'none',
  pageTokenSeconds: 300,
  lookbackDays: 365,
  keysKnownSince: '2025-12-06',
  me: true,
  organizationHeader: true,
};
