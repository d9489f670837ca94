import type { Decimal } from '../decimal.ts';
import type { CauseDimension, CostChange } from './cost-change.ts';

/**
 * Why something costs more: it is new, more of it was used, a unit costs more, or a charge has no quantity. Of what costs
 * less: it stopped, or less of it was used.
 */
export const REASONS = [
  'new_project',
  'new_api_key',
  'new_model',
  'new_line_item',
  'unit_price',
  'quantity',
  'charge',
  'stopped',
] as const;
export type Reason = (typeof REASONS)[number];

/** What costs are explained by comparison with. */
export const COMPARED_WITH = ['usual', 'previous_period'] as const;

/** A line item of an API key in a project. `before`, `change`: null where nothing is compared. */
export type Contributor = Pick<CostChange, CauseDimension | 'project_name' | 'api_key_name' | 'amount'> & {
  before: Decimal | null;
  change: Decimal | null;
};

/** What explains the costs of an alert or a digest. */
export type Causes = {
  /** Null where nothing is known that they rose from: the contributors are what most is for. */
  compared_with: (typeof COMPARED_WITH)[number] | null;
  /** How much of the rise, or of the fall, has which reason, the greatest first: of a fall, changes are negative. */
  reasons: readonly { reason: Reason; change: Decimal }[];
  /** What contributed most, the greatest first. */
  contributors: readonly Contributor[];
};
