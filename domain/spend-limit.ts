import type { Decimal } from './decimal.ts';

export const LIMIT_KINDS = ['hard_limit', 'alert'] as const;

/**
 * What an organization, or one of its projects, may spend in an interval. At a hard limit OpenAI refuses requests; of an
 * alert it sends e-mails.
 */
export type SpendLimit = {
  kind: (typeof LIMIT_KINDS)[number];
  /** OpenAI's id of an alert; '' of a hard limit. */
  limit_id: string;
  /** '' for the whole organization. */
  project_id: string;
  amount: Decimal;
  /** Lower case, as costs have it. */
  currency: string;
  /** `month`, or another word of OpenAI's, in lower case. */
  interval: string;
  /** Whether OpenAI refuses requests at present, because the limit is reached. */
  is_enforcing: boolean;
};
