import type { z } from 'zod';
import type { BucketPage } from './bucket-page.ts';
import type { UnreadableReason } from './unreadable.ts';

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
  /**
   * Equal for two facts about the same subject: all known fields but measured values, and names, which follow from ids.
   * Unknown fields are left out: one that changes with each response would make a fact look new.
   */
  identity(fact: Fact): string;
  /** The known measured values of a fact as one text. */
  measures(fact: Fact): string;
  /** A day that is too large is read project by project. `of`: the project of a fact, '' for none. */
  project: { dimension: string; of(fact: Fact): string };
  /** Why the fact cannot be stored, if it cannot. */
  problemOf(fact: Fact): UnreadableReason | undefined;
  /** Whether any dimension of the fact has a value. */
  hasDimensions(fact: Fact): boolean;
  /** Whether the fact holds money or usage. */
  hasValue(fact: Fact): boolean;
};
