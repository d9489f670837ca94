import type { Day } from '../day.ts';
import type { Decimal } from '../decimal.ts';

/** What costs are explained by, the broadest first. */
export const CAUSE_DIMENSIONS = ['project_id', 'api_key_id', 'model', 'line_item'] as const;
export type CauseDimension = (typeof CAUSE_DIMENSIONS)[number];

/** What a line item of an API key in a project cost in some days, beside what it cost in those it is compared with. */
export type CostChange = Readonly<Record<CauseDimension, string>> & {
  /** The names that the project and the key have; '' where none is known. */
  project_name: string;
  api_key_name: string;
  currency: string;
  amount: Decimal;
  before: Decimal;
  /** Null where no quantity was billed, or in several units. */
  quantity: Decimal | null;
  quantity_before: Decimal | null;
  /** By dimension, the first day that its value had costs on, as far back as was read. */
  since: Readonly<Record<CauseDimension, Day>>;
};
