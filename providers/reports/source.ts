import type { z } from 'zod';
import type { BucketPage } from './bucket-page.ts';

/** An endpoint that answers in daily buckets, and what it can be asked. */
export type Source<Fact> = {
  /** Path only, e.g. /organization/costs */
  endpoint: string;
  /** The dimensions of the finest grouping that the provider offers. */
  finest: readonly string[];
  /** Which of them may be given up where they are refused, the first to go first. */
  optional: readonly string[];
  /** Which of them are given up where nothing else is left to give; those in neither list never are. */
  lastResort: readonly string[];
  page: z.ZodType<BucketPage<Fact>>;
  /** All that a fact is about: everything but what is measured, and names, which follow from ids. */
  identity(fact: Fact): string;
  /** Whether a fact says what it is about. */
  isDivided(fact: Fact): boolean;
  /** Whether a fact holds money, or use. */
  isSomething(fact: Fact): boolean;
};
