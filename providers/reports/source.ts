import type { z } from 'zod';
import type { BucketPage } from './bucket-page.ts';

/** An endpoint that reports daily buckets, and how it may be queried. */
export type Source<Fact> = {
  /** Path only, e.g. /organization/costs */
  endpoint: string;
  /** All dimensions that the endpoint can group by: its finest grouping. */
  groupBy: readonly string[];
  /** Dimensions to drop where the provider refuses them, in this order. */
  droppable: readonly string[];
  /** Dimensions to drop when nothing else is left to give up. A dimension in neither list is never dropped. */
  droppableLast: readonly string[];
  /** The schema of a page as the endpoint sends it. */
  page: z.ZodType<BucketPage<Fact>>;
  /** Equal for two facts about the same subject: all fields but measured values, and names, which follow from ids. */
  identity(fact: Fact): string;
  /** Whether any dimension of the fact has a value. */
  hasDimensions(fact: Fact): boolean;
  /** Whether the fact holds money or usage. */
  hasValue(fact: Fact): boolean;
};
